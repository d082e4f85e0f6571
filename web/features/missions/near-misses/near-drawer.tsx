import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { NearMissKind, NearMissRow } from "../../../../server/seeding/near-misses/schema.ts";
import { isPositive } from "../../../lib/amounts.ts";
import { useClient } from "../../../lib/client.tsx";
import type { Client } from "../../../lib/client.tsx";
import { formatDecimal } from "../../../lib/numbers.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { Drawer } from "../../../ui/drawer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ExportButton } from "../../../ui/export-button.tsx";
import { FilterSelect } from "../../../ui/filter-select.tsx";
import { RowLink } from "../../../ui/link.tsx";
import { Pager } from "../../../ui/pager.tsx";
import { StatusText } from "../../../ui/status.tsx";
import { TwoLines } from "../../../ui/table-row.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Dim, Money, When } from "../../../ui/text.tsx";
import { TierName } from "../../../ui/tier-name.tsx";
import classes from "./near.module.css";
import { ALREADY, nearTitle } from "./near-words.ts";
import { NEAR_PAGE, useNearCounts, useNearMisses, useNearSearch } from "./use-near-misses.ts";

interface Props {
  mission: MissionDto;
  kind: NearMissKind;
  /** "Gold", "$1,000". */
  goal: string;
}

const SORTS = [
  { value: "near", label: "nearest first" },
  { value: "handle", label: "by handle" },
] as const;

/** Everybody within 10 % of the tier or target, and what each lacks. */
export function NearDrawer({ mission, kind, goal }: Props) {
  const client = useClient();
  const { sort, place, close, order, go } = useNearSearch();
  const { list, filters } = useNearMisses(mission, kind);
  const counts = useNearCounts(mission, kind).data;
  const total = counts?.total;
  const title = counts === undefined ? `Within 10 % of ${goal}` : nearTitle(counts, goal);
  return (
    <Drawer opened onClose={close} title={title}>
      <div className={classes.head}>
        <Dim>
          {kind === "tier"
            ? `By the ${client.vipMetric} that promotions count. ${ALREADY.tier}`
            : `Rows not completed, and rows that would be created. ${ALREADY.target}`}
        </Dim>
        <FilterSelect label="Sort" value={sort} options={SORTS} all={null} onChange={(next) => order(next ?? "near")} />
      </div>
      <DataTable
        label={title}
        columns={columnsOf(mission, kind, client)}
        rows={list.data?.rows}
        rowKey={(row) => row.userId}
        rowHeight={40}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={`Nobody is within 10 % of ${goal}`}>They have it, or are further away.</EmptyState>}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={NEAR_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "creator" : "creators"}
        onGo={go}
        label="Pages of the near-misses"
      >
        <ExportButton list="near-misses" filters={filters} count={total} size="xs" />
      </Pager>
    </Drawer>
  );
}

function columnsOf(mission: MissionDto, kind: NearMissKind, client: Client): Column<NearMissRow>[] {
  const isMoney = kind === "tier" ? client.vipMetric === "sales" : mission.missionType === "sales_dollars";
  const amount = (value: string) => (isMoney ? <Money amount={value} /> : formatDecimal(value));
  return [
    {
      id: "handle",
      header: "Creator",
      skeleton: 110,
      cell: (row) => (
        <TwoLines second={<TierName id={row.tierId} />}>
          <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: row.userId }}>
            @{row.handle}
          </RowLink>
        </TwoLines>
      ),
    },
    { id: "value", header: "Has", align: "right", cell: (row) => amount(row.value) },
    {
      id: "missing",
      header: "Lacks",
      align: "right",
      cell: (row) => (isPositive(row.missing) ? amount(row.missing) : <Dim>nothing</Dim>),
    },
    ...(kind === "target"
      ? [{ id: "ends", header: "Window ends", cell: (row: NearMissRow) => <WindowEnd row={row} /> }]
      : []),
  ];
}

function WindowEnd({ row }: { row: NearMissRow }) {
  if (row.isOver) {
    return <StatusText status="over" />;
  }
  return (
    <TwoLines second={row.isSeeded ? "has a row" : "would get one"}>
      {row.windowEnd === null ? <Dim>no end</Dim> : <When at={row.windowEnd} as="day" />}
    </TwoLines>
  );
}
