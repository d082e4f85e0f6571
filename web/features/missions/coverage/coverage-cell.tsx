import { Link } from "@tanstack/react-router";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { CoverageCell, CoverageMission, CoverageTier } from "../../../../server/eligibility/coverage/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { formatCount } from "../../../lib/numbers.ts";
import { cx } from "../../../ui/cx.ts";
import classes from "./coverage.module.css";
import { bucketOf, cellText, coveredShare } from "./coverage-rows.ts";

interface Props {
  mission: CoverageMission;
  cell: CoverageCell;
  /** Null: all tiers. */
  tier: CoverageTier | null;
  isAsIfEnabled: boolean;
}

/** One cell: who qualifies, who has a row, a quiet fill for the share; it opens the list it counts. */
export function CoverageCellLink({ mission, cell, tier, isAsIfEnabled }: Props) {
  const client = useClient();
  const name = tier === null ? "all tiers" : (tier.tierName ?? tier.tierId);
  const isEmpty = cell.eligible === 0 && cell.seeded === 0;
  const bucket = bucketOf(cell, { mission, tier, isAsIfEnabled });
  return (
    <Link
      to="/c/$client/missions/$missionId"
      params={{ client: client.subdomain, missionId: mission.missionId }}
      search={{
        tier: tier?.tierId,
        bucket: bucket === "will_create" ? undefined : bucket,
        // the page counts a draft as if it were enabled unless it is told otherwise
        ifEnabled: mission.enabled || isAsIfEnabled ? undefined : false,
      }}
      data-cell
      className={cx(classes.cell, isEmpty && classes.empty)}
      aria-label={cellText(cell, mission.name, name, bucket)}
    >
      {bucket === "unknown" ? (
        <span className={classes.small}>cannot be judged</span>
      ) : (
        <span className={classes.figure}>{formatCount(cell.eligible)}</span>
      )}
      {isEmpty ? null : (
        <>
          <Seeded cell={cell} />
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: `${coveredShare(cell) * 100}%` }} />
          </span>
        </>
      )}
    </Link>
  );
}

/** How many have a row; where any is missing, how many do not. */
function Seeded({ cell }: { cell: CoverageCell }) {
  if (cell.notSeeded === 0) {
    return <span className={classes.small}>{formatCount(cell.seeded)} seeded</span>;
  }
  return (
    <span className={cx(classes.small, classes.open)}>
      <IconAlertTriangle size={12} stroke={1.75} aria-hidden />
      {formatCount(cell.notSeeded)} missing
    </span>
  );
}
