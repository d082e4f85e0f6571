import type { RunDto, StepName } from "../../../server/sync/schema.ts";
import { formatClock } from "../../lib/dates.ts";
import { formatCount } from "../../lib/numbers.ts";
import { isLive, runLength } from "../../lib/runs.ts";
import { useNow } from "../../lib/use-now.ts";
import { Figures } from "../../ui/facts.tsx";
import { Unknown } from "../../ui/text.tsx";

/** The numbers of a run, big: how long, how many rows, whom it moved, what it gave. */
export function RunFigures({ run }: { run: RunDto }) {
  const isOn = isLive(run.status);
  const { totals } = run;
  const known = (name: StepName, count: number) => (isKnown(run, name) ? formatCount(count) : <Unknown />);
  return (
    <Figures
      figures={[
        {
          label: isOn ? "running for" : "ran for",
          value: isOn && run.startedAt !== null ? <LiveClock run={run} /> : <Clock run={run} />,
          running: isOn,
        },
        { label: totals.rows === 1 ? "row in the file" : "rows in the file", value: known("import", totals.rows) },
        { label: "promoted", value: known("tiers", totals.promoted) },
        { label: "demoted", value: known("tiers", totals.demoted) },
        { label: "seeded", value: known("seed", totals.seeded) },
        { label: "completed", value: known("progress", totals.completed) },
        { label: "redemptions", value: known("redemptions", totals.redemptions) },
      ]}
    />
  );
}

/** While a run is on or held, the figure of a step that is not done is not 0 but unknown. */
function isKnown(run: RunDto, name: StepName): boolean {
  return (
    (!isLive(run.status) && run.status !== "held") ||
    run.steps.some((step) => step.name === name && step.status === "succeeded")
  );
}

/** Ten times a second, in a component of its own: nothing else of the page is drawn anew. */
function LiveClock({ run }: { run: RunDto }) {
  const now = useNow(100);
  return <span role="timer">{formatClock(runLength(run, now) ?? 0)}</span>;
}

function Clock({ run }: { run: RunDto }) {
  // A held run stands still since its step was taken back.
  const heldAt = run.steps.find(({ status }) => status === "held")?.endedAt;
  const length = runLength(run, run.endedAt ?? heldAt ?? run.createdAt);
  return length === null ? <Unknown /> : <>{formatClock(length)}</>;
}
