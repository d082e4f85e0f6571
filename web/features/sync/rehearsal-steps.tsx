import type { RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import { useNow } from "../../lib/use-now.ts";
import { Tiles } from "../../ui/page.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { StepList } from "../../ui/step-list.tsx";
import { Count, Dim } from "../../ui/text.tsx";
import { AS_RUN } from "./rehearsal-words.ts";
import { SeededMissions } from "./seeded-missions.tsx";
import { skipsOf } from "./skip-words.ts";
import { stepRow } from "./step-words.ts";

/** The eight steps as they were played, what they would create by mission, and what they left out and why. */
export function RehearsalSteps({ rehearsal }: { rehearsal: RehearsalDto }) {
  const isOn = rehearsal.status === "running";
  return (
    <>
      {isOn ? <LiveSteps rehearsal={rehearsal} /> : <StepList steps={rowsOf(rehearsal, rehearsal.at)} />}
      <Tiles min={320}>
        {rehearsal.seeded.length === 0 ? null : (
          <SeededMissions
            title="Rows to create, by mission"
            seeded={rehearsal.seeded}
            total={rehearsal.totals.seeded}
          />
        )}
        <Skipped rehearsal={rehearsal} />
      </Tiles>
    </>
  );
}

function rowsOf({ steps, status, fileName }: RehearsalDto, now: Date) {
  const state = { status: AS_RUN[status], hasFile: fileName !== null };
  return steps.map((step) => stepRow(step, state, now));
}

function LiveSteps({ rehearsal }: { rehearsal: RehearsalDto }) {
  const now = useNow(200);
  return <StepList steps={rowsOf(rehearsal, now)} />;
}

function Skipped({ rehearsal }: { rehearsal: RehearsalDto }) {
  const skips = skipsOf(rehearsal.steps);
  if (skips.length === 0) {
    return null;
  }
  return (
    <Panel flush title="Left out, and why">
      {skips.map((skip) => (
        <PanelRow key={skip.key} end={<Count value={skip.count} />}>
          {skip.reason} <Dim>{skip.step}</Dim>
        </PanelRow>
      ))}
    </Panel>
  );
}
