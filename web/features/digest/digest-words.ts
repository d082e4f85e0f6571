import type { DigestKind, DigestRun } from "../../../server/digest/schema.ts";

export const KIND_WORDS: Record<DigestKind, string> = {
  promoted: "Promoted",
  demoted: "Demoted",
  created: "New creators",
  completed: "Completed",
  redemption: "Redemptions",
};

/** How many of a kind the run's counts tell. */
export function totalOf({ totals }: Pick<DigestRun, "totals">, kind: DigestKind): number {
  const counts: Record<DigestKind, number> = {
    promoted: totals.promoted,
    demoted: totals.demoted,
    created: totals.creatorsCreated,
    completed: totals.completed,
    redemption: totals.redemptions,
  };
  return counts[kind];
}
