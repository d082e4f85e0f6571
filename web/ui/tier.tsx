import classes from "./tier.module.css";
import { cx } from "./cx.ts";

interface Props {
  name: string;
  /** The place in the ladder, 0 for the lowest; null for a tier that is not in it. */
  rank: number | null;
  /** How many tiers the ladder has. */
  of: number;
  /** The colour the client has set for the tier, if any. */
  color?: string | null | undefined;
  /** Dim words after the name: "and up". */
  suffix?: string | undefined;
}

/** Rungs above the lowest, in the order they are taken into use: the more tiers, the finer the steps. */
const STEPS = ["3", "5", "7", "4", "6", "8"];

/** The ladder's own fill for one rung: grey for the lowest, then deeper mulberry the higher (in the dark: paler). */
export function ladderColor(rank: number, of: number): string {
  if (rank <= 0) {
    return "var(--muster-tier-low)";
  }
  const rungs = STEPS.slice(0, Math.max(1, of - 1)).toSorted();
  const step = rungs[Math.min(rank, rungs.length) - 1] ?? "5";
  return `var(--muster-ladder-${step})`;
}

/** The 10 px square of a tier alone: its own colour, else the ladder's; an amber hatch where it is unknown. */
export function TierKey({ rank, of, color }: Pick<Props, "rank" | "of" | "color">) {
  if (rank === null) {
    return <span aria-hidden className={cx(classes.key, classes.unknown)} />;
  }
  const hasOwn = typeof color === "string" && color !== "";
  return (
    <span
      aria-hidden
      className={cx(classes.key, hasOwn && classes.own)}
      style={{ background: hasOwn ? color : ladderColor(rank, of) }}
    />
  );
}

/** A tier as square and name. */
export function TierSwatch({ name, rank, of, color, suffix }: Props) {
  return (
    <span className={classes.tier}>
      <TierKey rank={rank} of={of} color={color} />
      <span>
        {name}
        {suffix === undefined ? null : <span className={classes.suffix}> {suffix}</span>}
      </span>
    </span>
  );
}
