import type { RehearsalDto, RehearsalTotals } from "../../../server/sync/rehearsal/schema.ts";
import type { StepName } from "../../../server/sync/schema.ts";
import { formatClock } from "../../lib/dates.ts";
import { formatCount } from "../../lib/numbers.ts";
import { useNow } from "../../lib/use-now.ts";
import { Figures } from "../../ui/facts.tsx";
import { Dim, Money, Unknown } from "../../ui/text.tsx";

/** The numbers of the night, big: rows, moves, rows to create, completions and what they cost. */
export function RehearsalFigures({ rehearsal }: { rehearsal: RehearsalDto }) {
  const { totals, steps } = rehearsal;
  const hasFile = rehearsal.fileName !== null;
  const isOn = rehearsal.status === "running";
  const isPlayed = (name: StepName) => steps.some((step) => step.name === name && step.status === "succeeded");
  const known = (name: StepName, count: number) => (isPlayed(name) ? formatCount(count) : <Unknown />);
  return (
    <Figures
      figures={[
        { label: isOn ? "playing for" : "played for", value: <Clock rehearsal={rehearsal} />, running: isOn },
        {
          label: totals.rows === 1 ? "row in the file" : "rows in the file",
          value: hasFile ? known("import", totals.rows) : <Unknown />,
        },
        { label: "to promote", value: known("tiers", totals.promoted) },
        { label: "to demote", value: known("tiers", totals.demoted) },
        { label: "rows to create", value: known("seed", totals.seeded) },
        { label: "to complete", value: known("progress", totals.completed) },
        { label: "rewards to owe", value: known("redemptions", totals.redemptions) },
        {
          label: "worth",
          value: isPlayed("redemptions") ? <Worth totals={totals} /> : <Unknown />,
        },
      ]}
    />
  );
}

/** Rewards without a price come to no sum, not even to a nought. */
function Worth({ totals }: { totals: RehearsalTotals }) {
  const { redemptions, redemptionsWithoutPrice, redemptionsValue } = totals;
  const isPriced = redemptions === 0 || redemptionsWithoutPrice < redemptions;
  return isPriced ? <Money amount={redemptionsValue} /> : <Dim>no money value</Dim>;
}

function Clock({ rehearsal: { at, endedAt, status } }: { rehearsal: RehearsalDto }) {
  if (endedAt !== null) {
    return <>{formatClock(Math.max(0, endedAt.getTime() - at.getTime()))}</>;
  }
  return status === "running" ? <LiveClock since={at} /> : <Unknown />;
}

/** In a component of its own: nothing else of the page is drawn anew. */
function LiveClock({ since }: { since: Date }) {
  const now = useNow(100);
  return <span role="timer">{formatClock(Math.max(0, now.getTime() - since.getTime()))}</span>;
}
