import type { ChangeKind } from "../../../server/sync/changes/schema.ts";
import type { RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { Columns, Stack } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { changeColumns } from "./change-columns.tsx";
import { SeededMissions } from "./seeded-missions.tsx";
import { NAMES_PAGE, useRehearsalNames, useRehearsalSearch } from "./use-rehearsal.ts";

interface Props {
  rehearsal: RehearsalDto;
  kind: ChangeKind;
}

const LABELS: Record<ChangeKind, string> = {
  created: "Creators who would be new",
  promoted: "Creators who would rise",
  demoted: "Creators who would fall",
  seeded: "Rows that would be created",
  completed: "Rows that would complete",
  redemption: "Rewards that would be owed",
};

/** One kind of change, by name and in pages; created rows beside their counts by mission. */
export function RehearsalNames({ rehearsal, kind }: Props) {
  if (kind !== "seeded" || rehearsal.seeded.length === 0) {
    return <Names rehearsal={rehearsal} kind={kind} />;
  }
  return (
    <Columns side={320}>
      <Stack>
        <Names rehearsal={rehearsal} kind={kind} />
      </Stack>
      <SeededMissions title="Rows to create, by mission" seeded={rehearsal.seeded} total={rehearsal.totals.seeded} />
    </Columns>
  );
}

function Names({ rehearsal, kind }: Props) {
  const client = useClient();
  const { place, go } = useRehearsalSearch();
  const named = rehearsal.named[kind];
  const list = useRehearsalNames(kind, named);
  const rows = named === 0 ? [] : list.data?.rows;
  const rest = kind === "seeded" ? rehearsal.totals.seeded - named : 0;
  return (
    <>
      {rest > 0 && named > 0 ? (
        <Banner tone="quiet" title={`The first ${formatCount(named)} are named.`}>
          {countOf(rest, "row")} more would be created; every one of them is counted by mission.
        </Banner>
      ) : null}
      <DataTable
        label={LABELS[kind]}
        columns={changeColumns(kind, client.subdomain)}
        rows={rows}
        rowKey={(row) => [row.handle, row.missionId, row.tierBefore, row.tierAfter].join(" ")}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        empty={<Nobody rehearsal={rehearsal} kind={kind} />}
      />
      {rows === undefined || rows.length === 0 ? null : (
        <Pager
          place={place}
          count={rows.length}
          pageSize={NAMES_PAGE}
          total={named}
          previous={list.data?.previous}
          next={list.data?.next}
          noun={named === 1 ? NOUNS[kind] : `${NOUNS[kind]}s`}
          onGo={go}
        >
          <ExportButton
            list="rehearsal"
            filters={{ rehearsalId: rehearsal.id, kind }}
            count={named}
            noun={NOUNS[kind]}
            size="xs"
          />
        </Pager>
      )}
    </>
  );
}

/** What is counted. */
const NOUNS: Record<ChangeKind, string> = {
  created: "creator",
  promoted: "creator",
  demoted: "creator",
  seeded: "row",
  completed: "row",
  redemption: "reward",
};

const STEPS = {
  created: ["import", "Nobody would be new", "Every handle of the file belongs to a creator who is there."],
  promoted: ["tiers", "Nobody would rise", "Nobody reaches the threshold of a higher tier."],
  demoted: ["tiers", "Nobody would fall", "No checkpoint that is due falls below its tier."],
  seeded: ["seed", "No row would be created", "Whoever is eligible for a mission has a row already."],
  completed: ["progress", "No row would complete", "No running row reaches its target."],
  redemption: ["redemptions", "No reward would be owed", "No completed row is without its redemption."],
} as const satisfies Record<ChangeKind, readonly [step: string, title: string, why: string]>;

/** Why a list is empty: because its step found nothing, or because it was not played. */
function Nobody({ rehearsal, kind }: Props) {
  const [name, title, why] = STEPS[kind];
  const step = rehearsal.steps.find((one) => one.name === name);
  if (step?.status === "succeeded") {
    return (
      <EmptyState title={title}>
        {kind === "created" && rehearsal.fileName === null ? "No file was there to bring anybody." : why}
      </EmptyState>
    );
  }
  const position = step?.position ?? 1;
  return (
    <EmptyState title={rehearsal.status === "running" ? "Not played yet" : "Not played"}>
      Step {position} decides that;{" "}
      {rehearsal.status === "running" ? "it has not been played yet." : "this rehearsal did not come so far."}
    </EmptyState>
  );
}
