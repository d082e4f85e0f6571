import { IconArrowNarrowRight } from "@tabler/icons-react";
import { linkOptions } from "@tanstack/react-router";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { TextLink } from "../../ui/link.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { FIX_WORDS } from "./fix-words.ts";
import { placeOf, runNumberOf } from "./health-words.ts";
import type { HealthPlace } from "./health-words.ts";
import { useHealthSearch } from "./use-health.ts";

/** One name of a sample, leading to what it names. */
export function SampleLink({ item }: { item: HealthFinding["sample"][number] }) {
  const client = useClient().subdomain;
  switch (item.kind) {
    case "creator":
      return (
        <TextLink to="/c/$client/creators/$userId" params={{ client, userId: item.id }}>
          @{item.label}
        </TextLink>
      );
    case "mission":
      return (
        <TextLink to="/c/$client/missions/$missionId" params={{ client, missionId: item.id }}>
          {item.label}
        </TextLink>
      );
    case "tier":
      return (
        <TextLink to="/c/$client/tiers" params={{ client }}>
          {item.label}
        </TextLink>
      );
    case "run": {
      const number = runNumberOf(item.label);
      return number === null ? (
        <>{item.label}</>
      ) : (
        <TextLink to="/c/$client/sync/$number" params={{ client, number }}>
          {item.label}
        </TextLink>
      );
    }
  }
}

/** Opens the preview of what puts a finding right from here; nothing for one that has no such fix. */
export function FixButton({ finding }: { finding: Pick<HealthFinding, "code" | "fix"> }) {
  const client = useClient();
  const { fixIt } = useHealthSearch();
  if (finding.fix === null) {
    return null;
  }
  return (
    <ActionButton size="xs" reason={client.reasonFor("health:fix")} onClick={() => fixIt(finding.code)}>
      {FIX_WORDS[finding.fix].open}
    </ActionButton>
  );
}

/** The way to where a finding is put right; nothing for one that has no such place. */
export function PlaceLink({ finding }: { finding: HealthFinding }) {
  const client = useClient();
  const place = placeOf(finding);
  if (place === null) {
    return null;
  }
  return (
    <ButtonLink
      size="xs"
      rightSection={<IconArrowNarrowRight size={14} stroke={1.75} aria-hidden />}
      {...linkOf(place, client.subdomain)}
    >
      {place.label}
    </ButtonLink>
  );
}

function linkOf(place: HealthPlace, client: string) {
  if (place.page === "mission") {
    return linkOptions({
      to: "/c/$client/missions/$missionId",
      params: { client, missionId: place.missionId },
      search: { tab: place.tab },
    });
  }
  const to = {
    tiers: "/c/$client/tiers",
    sync: "/c/$client/sync",
    missions: "/c/$client/missions",
    creators: "/c/$client/creators",
  } as const;
  return linkOptions({ to: to[place.page], params: { client } });
}
