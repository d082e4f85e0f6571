import type { FixKind } from "./schema.ts";

interface Fix {
  kind: FixKind;
  /** why records of the finding may be left, as the end of a sentence */
  leftBecause: string;
  /** checks whose findings it may change beside its own */
  touches: readonly string[];
}

const FIXES: Readonly<Record<string, Fix>> = {
  creators_unknown_tier: {
    kind: "attach",
    leftBecause: "have another unknown tier",
    touches: ["checkpoint_missing_or_overdue", "totals_differ_from_sources", "pairs_to_be_created"],
  },
  checkpoint_missing_or_overdue: {
    kind: "checkpoints",
    leftBecause: "are overdue: the next sync judges them",
    touches: ["totals_differ_from_sources", "window_differs_from_present"],
  },
  totals_differ_from_sources: { kind: "sums", leftBecause: "", touches: [] },
  dormant_rows_of_running_missions: { kind: "wake", leftBecause: "", touches: ["creators_without_running_row"] },
  completed_without_redemption: { kind: "redemptions", leftBecause: "", touches: [] },
  pairs_to_be_created: {
    kind: "seed",
    leftBecause: "",
    touches: ["active_missions_with_nobody_seeded", "creators_without_running_row"],
  },
};

/** How a finding can be put right here; null where it cannot. */
export function fixOf(code: string): FixKind | null {
  return FIXES[code]?.kind ?? null;
}

export function leftBecause(code: string): string {
  return FIXES[code]?.leftBecause ?? "";
}

/** The checks to be made anew after the fix, its own first. */
export function touchedBy(code: string): readonly string[] {
  return [code, ...(FIXES[code]?.touches ?? [])];
}
