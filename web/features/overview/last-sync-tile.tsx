import type { RunRow } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf } from "../../lib/dates.ts";
import { countOf } from "../../lib/numbers.ts";
import { SOURCE_WORDS } from "../../lib/runs.ts";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RunLink, RunStatusChip } from "../../ui/run-status.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./overview.module.css";

/** The newest run that is over: from when to when, by whom, with how many rows. */
export function LastSyncTile({ run, isLoading }: { run: RunRow | undefined; isLoading: boolean }) {
  if (run === undefined) {
    return (
      <Panel plain title="Last sync">
        <p className={classes.big}>{isLoading ? <SkeletonText width={160} large /> : "None yet"}</p>
        <p className={classes.small}>
          {isLoading ? <SkeletonText width={200} /> : "Run one by hand, or wait for the night."}
        </p>
      </Panel>
    );
  }
  return (
    <Panel plain title="Last sync" aside={<RunStatusChip status={run.status} />}>
      <p className={classes.big}>
        <Span run={run} />
      </p>
      <p className={classes.small}>
        <RunLink number={run.number} />, {run.source === "schedule" ? SOURCE_WORDS.schedule : `by ${run.byName}`} ·{" "}
        {run.importId === null ? "no file" : countOf(run.totals.rows, "row")}
        {run.totals.rejected === 0 ? null : <Rejected run={run} />}
      </p>
    </Panel>
  );
}

/** "04:00:00 to 04:04:12", the day before it where that is not today. */
function Span({ run }: { run: RunRow }) {
  const { timezone } = useClient();
  const start = run.startedAt ?? run.createdAt;
  const isToday = dayOf(start, timezone) === dayOf(new Date(), timezone);
  return (
    <>
      {isToday ? null : (
        <>
          <When at={start} as="day" />,{" "}
        </>
      )}
      <When at={start} as="seconds" /> to <When at={run.endedAt} as="seconds" />
    </>
  );
}

function Rejected({ run }: { run: RunRow }) {
  const client = useClient();
  return (
    <>
      {" · "}
      <TextLink
        to="/c/$client/sync/$number"
        params={{ client: client.subdomain, number: String(run.number) }}
        search={{ tab: "rejected" }}
      >
        {countOf(run.totals.rejected, "rejected", "rejected")}
      </TextLink>
    </>
  );
}
