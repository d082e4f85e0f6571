import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LadderDto } from "../../../server/tiers/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { LadderForm } from "./ladder-form.tsx";
import { LadderTable } from "./ladder-table.tsx";
import { everyMonths } from "./ladder-words.ts";

/** The ladder: what each tier asks and gives, and how many creators stand on it. */
export function TiersPage() {
  const client = useClient();
  const [isEditing, setEditing] = useState(false);
  const ladder = useQuery(trpc.tiers.list.queryOptions({ clientId: client.id }, { refetchOnWindowFocus: !isEditing }));
  const isShown = isEditing && ladder.data !== undefined;
  return (
    <Page
      title="Tiers"
      sentence={<Sentence ladder={ladder.data} />}
      actions={
        isShown ? undefined : <EditLadder isLoaded={ladder.data !== undefined} onClick={() => setEditing(true)} />
      }
    >
      <UnknownCreators count={ladder.data?.unknownCreators ?? 0} />
      {isShown ? (
        <LadderForm ladder={ladder.data} onClose={() => setEditing(false)} />
      ) : (
        <LadderTable tiers={ladder.data?.tiers} error={ladder.error} onRetry={() => void ladder.refetch()} />
      )}
    </Page>
  );
}

function Sentence({ ladder }: { ladder: LadderDto | undefined }) {
  const client = useClient();
  if (ladder === undefined) {
    return <>What each tier asks and gives.</>;
  }
  const basis = client.vipMetric === "sales" ? "sales" : "units sold";
  const period =
    client.tierCalculationMode === "lifetime"
      ? "nobody is demoted"
      : `a checkpoint judges ${everyMonths(client.checkpointMonths)}`;
  return (
    <>
      <b>{countOf(ladder.tiers.length, "tier")}</b> by {basis}: reaching a threshold promotes with the next sync,{" "}
      {period}.
    </>
  );
}

function UnknownCreators({ count }: { count: number }) {
  const client = useClient();
  if (count === 0) {
    return null;
  }
  return (
    <Banner
      tone="held"
      title={`${countOf(count, "creator")} ${count === 1 ? "has" : "have"} a tier that is not in this ladder.`}
      actions={
        <TextLink
          to="/c/$client/health"
          params={{ client: client.subdomain }}
          search={{ finding: "creators_unknown_tier" }}
        >
          See {count === 1 ? "who" : `the ${formatCount(count)}`}
        </TextLink>
      }
    >
      {count === 1 ? "It is" : "They are"} neither promoted nor judged, and missions that name a tier cannot tell.
    </Banner>
  );
}

function EditLadder({ isLoaded, onClick }: { isLoaded: boolean; onClick: () => void }) {
  const client = useClient();
  return (
    <ActionButton
      variant="filled"
      leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("tiers:write") ?? (isLoaded ? undefined : "The ladder is still being read.")}
      onClick={onClick}
    >
      Edit ladder
    </ActionButton>
  );
}
