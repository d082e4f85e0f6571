import { Button } from "@mantine/core";
import type { Bucket, EligibilityFilters, EligibilityRow, PreviewDto } from "../../../server/eligibility/schema.ts";
import { OPENS_DRAWER } from "../../lib/drawer-back.ts";
import { useClient } from "../../lib/client.tsx";
import type { Client } from "../../lib/client.tsx";
import { reasonText } from "../../lib/eligibility-words.ts";
import { formatCount, formatDecimal } from "../../lib/numbers.ts";
import { CreatorSelectionBar, useCreatorSelection } from "../../ui/creator-selection.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RowLink } from "../../ui/link.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Money, WindowText } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import type { TierRule } from "../../lib/mission-words.ts";
import { useOpenCreator } from "./use-explain.ts";
import { useMissionSearch } from "./use-mission.ts";
import { usePreviewList } from "./use-preview-list.ts";
import { NobodyState } from "./what-if/nobody-state.tsx";

interface Props {
  preview: PreviewDto | undefined;
  rule: TierRule;
  whatIf: EligibilityFilters["whatIf"];
}

/** The creators of the chosen bucket, by handle, each with the reason in words. */
export function PreviewList({ preview, rule, whatIf }: Props) {
  const client = useClient();
  const { list, bucket, isFiltered, filters, total } = usePreviewList(whatIf);
  const { userId, open } = useOpenCreator();
  const { selection, bar } = useCreatorSelection("eligibility", filters, list.data?.rows);
  return (
    <>
      <DataTable
        label="Creators"
        columns={columnsOf(bucket, rule, client)}
        rows={list.data?.rows}
        rowKey={(row) => row.userId}
        selectedKey={userId}
        onRowClick={(row) => open(row.userId)}
        selection={selection}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<NoRows preview={preview} rule={rule} bucket={bucket} isFiltered={isFiltered} />}
      />
      <CreatorSelectionBar {...bar} total={total} />
    </>
  );
}

function columnsOf(bucket: Bucket, rule: TierRule, client: Client): Column<EligibilityRow>[] {
  const isRow = bucket === "will_create" || bucket === "already_seeded";
  const isThere = bucket === "already_seeded";
  const rowColumns: Column<EligibilityRow>[] = [
    {
      id: "window",
      header: isThere ? "Window, frozen" : "Window to be frozen",
      skeleton: 140,
      cell: (row) => <WindowText start={row.windowStart} end={row.windowEnd} none="no dates" />,
    },
    {
      id: "status",
      header: isThere ? "Status" : "Status to be written",
      cell: (row) => <StatusText status={row.status} />,
    },
  ];
  return [
    { id: "handle", header: "Creator", skeleton: 110, cell: (row) => <Handle row={row} /> },
    { id: "tier", header: "Tier", cell: (row) => <TierName id={row.tierId} /> },
    {
      id: "metric",
      header: client.vipMetric === "sales" ? "Sales, last 30 days" : "Units, last 30 days",
      align: "right",
      cell: (row) =>
        client.vipMetric === "sales" ? <Money amount={row.metric30Days} /> : formatDecimal(row.metric30Days),
    },
    ...(isRow ? rowColumns : []),
    { id: "reason", header: "Reason", quiet: true, skeleton: 160, cell: (row) => reasonText(row, rule) },
  ];
}

/** Opens why they stand here; the drawer has the way to the creator's own page. */
function Handle({ row }: { row: EligibilityRow }) {
  return (
    <RowLink
      from="/c/$client/missions/$missionId"
      to="."
      search={(old) => ({ ...old, near: undefined, creator: row.userId })}
      resetScroll={false}
      state={OPENS_DRAWER}
    >
      @{row.handle}
    </RowLink>
  );
}

const EMPTY: Record<Exclude<Bucket, "will_create">, [string, string]> = {
  already_seeded: ["Nobody has it yet", "Rows appear here once the mission is seeded."],
  not_eligible: ["Nobody is left out", "Every creator who can be judged qualifies."],
  unknown: ["Everybody can be judged", "All tiers are in the ladder."],
};

function NoRows({
  preview,
  rule,
  bucket,
  isFiltered,
}: {
  preview: PreviewDto | undefined;
  rule: TierRule;
  bucket: Bucket;
  isFiltered: boolean;
}) {
  const { filter } = useMissionSearch();
  if (isFiltered) {
    const clear = () => filter({ q: undefined, tier: undefined, reason: undefined });
    return (
      <EmptyState title="No creator fits these filters" action={<Button onClick={clear}>Clear the filters</Button>}>
        The filters hide the creators of this group.
      </EmptyState>
    );
  }
  if (bucket !== "will_create") {
    return <EmptyState title={EMPTY[bucket][0]}>{EMPTY[bucket][1]}</EmptyState>;
  }
  if (preview === undefined) {
    return <EmptyState title="Nobody new would get it" />;
  }
  if (preview.counts.total > 0 && preview.counts.alreadySeeded === preview.counts.total) {
    return (
      <EmptyState title="Nobody new would get it">All {formatCount(preview.counts.total)} creators have it.</EmptyState>
    );
  }
  return <NobodyState preview={preview} rule={rule} />;
}
