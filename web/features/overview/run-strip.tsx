import { Link } from "@tanstack/react-router";
import type { RunRow, RunStatus } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, formatDay } from "../../lib/dates.ts";
import { statusOfRun } from "../../ui/run-status.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import classes from "./overview.module.css";

const WORDS: Record<RunStatus, string> = {
  queued: "queued",
  running: "running",
  held: "held",
  succeeded: "done",
  succeeded_with_warnings: "warnings",
  failed: "failed",
  cancelled: "cancelled",
  discarded: "discarded",
};

/** The last runs, oldest first: each its day and how it went, as a link. */
export function RunStrip({ runs }: { runs: readonly RunRow[] | undefined }) {
  return (
    <section className={classes.strip} aria-labelledby="last-runs">
      <h2 id="last-runs" className={classes.stripTitle}>
        {runs === undefined || runs.length < 2 ? "Last runs" : `Last ${runs.length} runs`}
      </h2>
      {runs === undefined ? <SkeletonText width="min(480px, 100%)" /> : <Runs runs={runs} />}
    </section>
  );
}

function Runs({ runs }: { runs: readonly RunRow[] }) {
  const client = useClient();
  if (runs.length === 0) {
    return <Dim>none yet</Dim>;
  }
  const today = dayOf(new Date(), client.timezone);
  return (
    <ol className={classes.runs}>
      {runs.toReversed().map((run) => (
        <li key={run.id}>
          <Link
            to="/c/$client/sync/$number"
            params={{ client: client.subdomain, number: String(run.number) }}
            className={classes.run}
            title={`Run ${run.number}`}
          >
            <StatusIcon status={statusOfRun(run.status)} />
            <span>{formatDay(dayOf(run.startedAt ?? run.createdAt, client.timezone), today)}</span>
            <span className={run.status === "succeeded" ? undefined : classes.loud}>{WORDS[run.status]}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
