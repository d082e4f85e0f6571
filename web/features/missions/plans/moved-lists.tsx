import { IconAdjustmentsHorizontal, IconCalendarDue, IconCheck, IconPlus, IconX } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { driftKinds } from "../../../../server/eligibility/plans/schema.ts";
import type { DriftDto, DriftKind, DriftRow } from "../../../../server/eligibility/plans/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { useLadder } from "../../../lib/ladder.ts";
import { formatCount } from "../../../lib/numbers.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { ExportButton } from "../../../ui/export-button.tsx";
import { ListCard } from "../../../ui/list-card.tsx";
import { RowLink } from "../../../ui/link.tsx";
import { Stack } from "../../../ui/page.tsx";
import { Panel, PanelRow } from "../../../ui/panel.tsx";
import { TwoLines } from "../../../ui/table-row.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Dim, WindowText } from "../../../ui/text.tsx";
import { KIND_TITLES, termText, tierMove, windowMove } from "./plan-words.ts";
import classes from "./plans.module.css";

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

const KIND_ICONS: Record<DriftKind, Icon> = {
  newly_eligible: IconPlus,
  no_longer_eligible: IconX,
  seeded_meanwhile: IconCheck,
  window_changed: IconCalendarDue,
};

interface Props {
  drift: DriftDto;
  /** Whose lists can be taken away whole; null for what was never kept. */
  planId: string | null;
  /** Names the mission of each creator. */
  isOfSeveral: boolean;
}

/** Everything that differs between a plan and now, by name: a panel per kind, each with its exact total. */
export function MovedLists({ drift, planId, isOfSeveral }: Props) {
  return (
    <Stack gap={12}>
      <Terms drift={drift} />
      {driftKinds.map((kind) => (
        <Kind key={kind} kind={kind} found={drift.kinds[kind]} planId={planId} isOfSeveral={isOfSeveral} />
      ))}
    </Stack>
  );
}

/** What was done to the missions themselves stands first: it explains the names below. */
function Terms({ drift: { terms, isLadderChanged } }: { drift: DriftDto }) {
  const ladder = useLadder();
  if (terms.length === 0 && !isLadderChanged) {
    return null;
  }
  return (
    <Panel flush icon={<IconAdjustmentsHorizontal {...icon} />} title="Terms changed">
      {terms.map((term) => (
        <PanelRow key={`${term.missionId} ${term.field}`}>
          <b className={classes.name}>{term.missionName}</b>{" "}
          {termText(term, (tierId) => ladder.byId(tierId)?.tierName ?? tierId)}
        </PanelRow>
      ))}
      {isLadderChanged ? <PanelRow>The ladder's order changed.</PanelRow> : null}
    </Panel>
  );
}

interface KindProps {
  kind: DriftKind;
  found: DriftDto["kinds"][DriftKind];
  planId: string | null;
  isOfSeveral: boolean;
}

function Kind({ kind, found, planId, isOfSeveral }: KindProps) {
  const client = useClient();
  if (found.total === 0) {
    return null;
  }
  const KindIcon = KIND_ICONS[kind];
  const card = (row: DriftRow) => (
    <ListCard
      title={<Creator row={row} subdomain={client.subdomain} />}
      end={tierMove(row.before, row.after)}
      facts={isOfSeveral ? [row.missionName] : []}
    >
      <WindowMove row={row} />
    </ListCard>
  );
  return (
    <Panel
      flush
      icon={<KindIcon {...icon} className={kind === "newly_eligible" ? classes.came : undefined} />}
      title={KIND_TITLES[kind]}
      note={formatCount(found.total)}
      aside={
        <>
          {found.total > found.rows.length ? `the first ${formatCount(found.rows.length)} by handle` : null}
          {planId === null ? null : (
            <ExportButton
              list="plan-drift"
              filters={{ planId, kind }}
              count={found.total}
              noun={isOfSeveral ? "row" : "creator"}
              size="xs"
            />
          )}
        </>
      }
    >
      <DataTable
        bare
        label={KIND_TITLES[kind]}
        columns={columnsOf(client.subdomain, isOfSeveral)}
        rows={found.rows}
        rowKey={(row) => `${row.userId} ${row.missionId}`}
        rowHeight={40}
        empty={null}
        card={card}
      />
    </Panel>
  );
}

function columnsOf(subdomain: string, isOfSeveral: boolean): Column<DriftRow>[] {
  const mission: Column<DriftRow> = { id: "mission", header: "Mission", width: 144, cell: (row) => row.missionName };
  return [
    {
      id: "handle",
      header: "Creator",
      width: 168,
      cell: (row) => <Creator row={row} subdomain={subdomain} />,
    },
    ...(isOfSeveral ? [mission] : []),
    { id: "tier", header: "Tier", width: 168, cell: (row) => tierMove(row.before, row.after) },
    { id: "window", header: "Window", cell: (row) => <WindowMove row={row} /> },
  ];
}

/** A creator who is gone has no page. */
function Creator({ row, subdomain }: { row: DriftRow; subdomain: string }) {
  return row.after === null ? (
    <>@{row.handle}</>
  ) : (
    <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId: row.userId }}>
      @{row.handle}
    </RowLink>
  );
}

function WindowMove({ row: { before, after } }: { row: DriftRow }) {
  const { timezone } = useClient();
  const side = after ?? before;
  const window = <WindowText start={side?.windowStart} end={side?.windowEnd} none="no dates" />;
  const moved = windowMove(before, after, timezone);
  if (moved === "none") {
    return <Dim>{window}</Dim>;
  }
  const was = (
    <>
      was <WindowText start={before?.windowStart} end={before?.windowEnd} none="without dates" />
    </>
  );
  return <TwoLines second={moved === "days" ? was : "at other times of the same days"}>{window}</TwoLines>;
}
