import type { RunDto } from "../../../server/sync/schema.ts";
import { isLive } from "../../lib/runs.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { MovesPanel } from "./moves-panel.tsx";

/** Whom the run moved between tiers, by name. */
export function ChangesTab({ run }: { run: RunDto }) {
  const { promoted, demoted } = run.totals;
  if (promoted + demoted === 0) {
    const tiers = run.steps.find((step) => step.name === "tiers");
    return (
      <EmptyState title="Nobody moved between tiers">
        {tiers?.status === "succeeded"
          ? "Step 4 found everybody in the tier that their figures ask for."
          : isLive(run.status)
            ? "Step 4 decides that; it has not been done yet."
            : "Step 4 decides that; this run did not come so far."}
      </EmptyState>
    );
  }
  return (
    <>
      {promoted === 0 ? null : <MovesPanel run={run} status="promoted" />}
      {demoted === 0 ? null : <MovesPanel run={run} status="demoted" />}
    </>
  );
}
