import type { RunRow } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { SOURCE_WORDS } from "../../lib/runs.ts";
import { RowLink } from "../../ui/link.tsx";
import { RunStatusText } from "../../ui/run-status.tsx";
import { When } from "../../ui/text.tsx";
import { Took } from "./run-cells.tsx";
import classes from "./sync.module.css";

/** A run on the phone: number and state, when and by whom, and what it did. */
export function RunCard({ run }: { run: RunRow }) {
  const client = useClient();
  const { rows, promoted, demoted, seeded, completed, redemptions } = run.totals;
  const figures = [
    ["Up, down", `${formatCount(promoted)}, ${formatCount(demoted)}`],
    ["Seeded", formatCount(seeded)],
    ["Completed", formatCount(completed)],
    ["Redemptions", formatCount(redemptions)],
  ] as const;
  return (
    <>
      <div className={classes.cardHead}>
        <RowLink to="/c/$client/sync/$number" params={{ client: client.subdomain, number: String(run.number) }}>
          Run {run.number}
        </RowLink>
        <RunStatusText status={run.status} />
      </div>
      <div className={classes.cardFacts}>
        <When at={run.startedAt ?? run.createdAt} />
        <Took run={run} />
        <span>
          {run.byName}, {SOURCE_WORDS[run.source]}
        </span>
        <span className={classes.file}>
          {run.fileName === null ? "no file" : `${run.fileName}, ${countOf(rows, "row")}`}
        </span>
      </div>
      <dl className={classes.cardCounts}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
