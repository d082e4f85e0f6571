import type { RunDto } from "../../../server/sync/schema.ts";
import { isLive } from "../../lib/runs.ts";
import { useNow } from "../../lib/use-now.ts";
import { Tiles } from "../../ui/page.tsx";
import { StepList } from "../../ui/step-list.tsx";
import { AttemptsPanel } from "./attempts-panel.tsx";
import { MovesPanel } from "./moves-panel.tsx";
import { stepRow } from "./step-words.ts";

const FIRST = 4;

/** The eight steps in order, and below them the first creators who moved between tiers. */
export function StepsTab({ run }: { run: RunDto }) {
  const hasMoves = run.totals.promoted + run.totals.demoted > 0;
  return (
    <>
      {isLive(run.status) ? <LiveSteps run={run} /> : <StepList steps={rowsOf(run, run.createdAt)} />}
      {run.attempts.length > 1 ? <AttemptsPanel run={run} /> : null}
      {hasMoves ? (
        <Tiles min={320}>
          <MovesPanel run={run} status="promoted" atMost={FIRST} />
          <MovesPanel run={run} status="demoted" atMost={FIRST} />
        </Tiles>
      ) : null}
    </>
  );
}

function rowsOf(run: RunDto, now: Date) {
  const canGoOn = run.failure !== null && run.failure.noRetry === null;
  const state = { status: run.status, hasFile: run.importId !== null, canGoOn };
  return run.steps.map((step) => stepRow(step, state, now));
}

function LiveSteps({ run }: { run: RunDto }) {
  const now = useNow(200);
  return <StepList steps={rowsOf(run, now)} />;
}
