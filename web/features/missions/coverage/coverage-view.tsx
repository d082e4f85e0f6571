import { useQuery } from "@tanstack/react-query";
import type { CoverageDto, CoverageMission, CoverageTier } from "../../../../server/eligibility/coverage/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { useLadder } from "../../../lib/ladder.ts";
import type { Ladder } from "../../../lib/ladder.ts";
import { formatCount } from "../../../lib/numbers.ts";
import { trpc } from "../../../lib/trpc.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { RowLink } from "../../../ui/link.tsx";
import { Row } from "../../../ui/page.tsx";
import { FilterToggle } from "../../../ui/filter-bar.tsx";
import { StatusChip, StatusText } from "../../../ui/status.tsx";
import { TwoLines } from "../../../ui/table-row.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Dim, When } from "../../../ui/text.tsx";
import { TierName } from "../../../ui/tier-name.tsx";
import { TierSwatch } from "../../../ui/tier.tsx";
import { MissionsEmpty } from "../missions-empty.tsx";
import { useMissionsSearch } from "../use-missions.ts";
import { CoverageCellLink } from "./coverage-cell.tsx";
import { moveInGrid } from "../../../ui/grid-keys.ts";
import classes from "./coverage.module.css";
import { coverageSentence, filteredMissions, insteadOfCells } from "./coverage-rows.ts";

/** All missions by all tiers: how many qualify, how many have a row, whose is missing. A cell opens its list. */
export function CoverageView() {
  const client = useClient();
  const ladder = useLadder();
  const { filters, isAsIfEnabled, suppose, clear } = useMissionsSearch();
  const matrix = useQuery(trpc.eligibility.coverage.queryOptions({ clientId: client.id, asIfEnabled: isAsIfEnabled }));
  const rows = matrix.data === undefined || !ladder.isLoaded ? undefined : filteredMissions(matrix.data, filters);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <Row gap={12} apart>
        <Row gap={8}>
          <FilterToggle label="Count drafts as if enabled" checked={isAsIfEnabled} onChange={suppose} />
          {isAsIfEnabled ? <StatusChip status="not_saved" /> : null}
        </Row>
        <Dim>{rows === undefined ? "" : coverageSentence(rows)}</Dim>
      </Row>
      {/* The arrow keys are a shortcut between links that Tab reaches as well. */}
      <div onKeyDown={moveInGrid}>
        <DataTable
          label="Coverage, missions by tiers"
          columns={columnsOf(matrix.data?.tiers, ladder, { client: client.subdomain, isAsIfEnabled })}
          rows={rows}
          rowKey={(mission) => mission.missionId}
          rowHeight={56}
          group={{
            from: matrix.data?.tiers[0]?.tierId ?? "total",
            to: "total",
            instead: (mission) => insteadOfCells(mission, isAsIfEnabled),
          }}
          error={matrix.error}
          onRetry={() => void matrix.refetch()}
          empty={<MissionsEmpty isFiltered={isFiltered} onClear={clear} />}
        />
      </div>
      <CoverageLegend matrix={matrix.data} />
    </>
  );
}

interface Around {
  client: string;
  isAsIfEnabled: boolean;
}

function columnsOf(
  tiers: readonly CoverageTier[] | undefined,
  ladder: Ladder,
  { client, isAsIfEnabled }: Around,
): Column<CoverageMission>[] {
  const cells = (tiers ?? []).map((tier, index): Column<CoverageMission> => ({
    id: tier.tierId,
    header: <TierHead tier={tier} ladder={ladder} />,
    width: 128,
    cell: (mission) => (
      <CoverageCellLink
        mission={mission}
        cell={mission.cells[index] ?? mission.total}
        tier={tier}
        isAsIfEnabled={isAsIfEnabled}
      />
    ),
  }));
  return [
    {
      id: "mission",
      header: "Mission",
      skeleton: 140,
      cell: (mission) => (
        <TwoLines second={<MissionFacts mission={mission} />}>
          <RowLink
            to="/c/$client/missions/$missionId"
            params={{ client, missionId: mission.missionId }}
            title={mission.name}
            className={classes.name}
          >
            {mission.name}
          </RowLink>
        </TwoLines>
      ),
    },
    ...cells,
    {
      id: "total",
      header: "All",
      align: "right",
      width: 128,
      cell: (mission) => (
        <CoverageCellLink mission={mission} cell={mission.total} tier={null} isAsIfEnabled={isAsIfEnabled} />
      ),
    },
  ];
}

function TierHead({ tier, ladder }: { tier: CoverageTier; ladder: Ladder }) {
  return (
    <span className={classes.head}>
      <TierSwatch
        name={tier.tierName ?? tier.tierId}
        rank={ladder.rankOf(tier.tierId)}
        of={ladder.size}
        color={tier.tierColor}
        suffix={tier.tierName === null ? "unknown" : undefined}
      />
      <span title="creators of this tier">{formatCount(tier.creators)}</span>
    </span>
  );
}

function MissionFacts({ mission }: { mission: CoverageMission }) {
  return (
    <span className={classes.facts}>
      <TierName id={mission.tierEligibility} andUp />
      <span className={classes.state}>
        <StatusText status={mission.state} />
      </span>
    </span>
  );
}

function CoverageLegend({ matrix }: { matrix: CoverageDto | undefined }) {
  return (
    <p className={classes.legend}>
      <span className={classes.sample} aria-hidden />
      <span>
        Large: creators of the tier who qualify. Small: how many of the tier have a row, or in amber how many rows are
        missing. The bar: the share of those who qualify that has one. A click opens the list of those creators; the
        arrow keys move between cells.
        {matrix === undefined ? null : (
          <>
            {" "}
            Exact, computed <When at={matrix.computedAt} as="seconds" />.
          </>
        )}
      </span>
    </p>
  );
}
