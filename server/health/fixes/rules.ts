import { isMoreThan } from "../../base/decimal.ts";
import { counted, formatCount, formatMoney } from "../../base/text.ts";
import { UNLOOKED_AT } from "../../redemptions/schema.ts";
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

export type GuardedSum = keyof typeof UNLOOKED_AT;

/** What redemptions would come to, beside what may be made of them without an owner. */
export interface Owed {
  redemptions: number;
  /** decimal text in the client's money */
  value: string;
  /** number of the sync that is held; null: none is */
  heldRun: number | null;
  /** what owners have set; null switches a guard off */
  saved: readonly { name: GuardedSum; threshold: string | null }[];
}

/**
 * Why redemptions may not be made from the page of data health: what a sync may not do without an owner, an operator may not do in
 * its place. Null: they may.
 */
export function refusalOf({ redemptions, value, heldRun, saved }: Owed, currency: string): string | null {
  if (heldRun !== null) return `Sync ${heldRun} is held: an owner decides about its redemptions first.`;
  const set = new Map(saved.map(({ name, threshold }) => [name, threshold]));
  const allowed = (name: GuardedSum) => (set.has(name) ? set.get(name)! : UNLOOKED_AT[name]);
  const [most, mostValue] = [allowed("redemptions"), allowed("redemptions_value")];
  if (most !== null && isMoreThan(String(redemptions), most)) {
    return `${counted(redemptions, "redemption")} would be made; the guard allows ${formatCount(Number(most))}. ${INSTEAD}`;
  }
  if (mostValue !== null && isMoreThan(value, mostValue)) {
    return `Redemptions worth ${formatMoney(value, currency)} would be made; the guard allows ${formatMoney(mostValue, currency)}. ${INSTEAD}`;
  }
  return null;
}

const INSTEAD = "The next sync is held for it, and an owner decides.";
