import { IconArrowNarrowRight } from "@tabler/icons-react";
import { linkOptions } from "@tanstack/react-router";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { TextLink } from "../../ui/link.tsx";
import { fixOf, runNumberOf } from "./health-words.ts";
import type { Fix } from "./health-words.ts";

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

/** The way to where a finding is put right; nothing for one that has no such place. */
export function FixLink({ finding }: { finding: HealthFinding }) {
  const client = useClient();
  const fix = fixOf(finding);
  if (fix === null) {
    return null;
  }
  return (
    <ButtonLink
      size="xs"
      rightSection={<IconArrowNarrowRight size={14} stroke={1.75} aria-hidden />}
      {...linkOf(fix, client.subdomain)}
    >
      {fix.label}
    </ButtonLink>
  );
}

function linkOf(fix: Fix, client: string) {
  if (fix.page === "mission") {
    return linkOptions({
      to: "/c/$client/missions/$missionId",
      params: { client, missionId: fix.missionId },
      search: { tab: fix.tab },
    });
  }
  const to = {
    tiers: "/c/$client/tiers",
    sync: "/c/$client/sync",
    missions: "/c/$client/missions",
    creators: "/c/$client/creators",
  } as const;
  return linkOptions({ to: to[fix.page], params: { client } });
}
