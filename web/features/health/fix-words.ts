import type { FixKind, FixPreviewDto } from "../../../server/health/fixes/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";

interface Words {
  /** the button in the list, which opens the dialog */
  open: string;
  /** what is changed, counted */
  one: string;
  many: string;
  /** "Attach", and what was done: "Attached" */
  verb: string;
  past: string;
  /** what a change means beyond its line */
  means: string;
}

export const FIX_WORDS: Record<FixKind, Words> = {
  attach: {
    open: "Attach to a tier…",
    one: "creator",
    many: "creators",
    verb: "Attach",
    past: "Attached",
    means:
      "A window that they have is kept; one that is missing begins now. The next sync seeds what they qualify for.",
  },
  checkpoints: {
    open: "Set checkpoints…",
    one: "checkpoint",
    many: "checkpoints",
    verb: "Set",
    past: "Set",
    means: "A missing one is set to a full period from now; one that should not be there is cleared.",
  },
  sums: {
    open: "Recompute sums…",
    one: "creator",
    many: "creators",
    verb: "Recompute",
    past: "Recomputed",
    means: "Sums are added up from videos and applied adjustments, as every sync does; ranks follow.",
  },
  wake: {
    open: "Wake rows…",
    one: "row",
    many: "rows",
    verb: "Wake",
    past: "Woke",
    means: "Their missions run, so they move from the next sync on.",
  },
  redemptions: {
    open: "Create redemptions…",
    one: "redemption",
    many: "redemptions",
    verb: "Create",
    past: "Created",
    means: "Each can be claimed at once. One per completed row, never two.",
  },
  seed: {
    open: "Seed…",
    one: "row",
    many: "rows",
    verb: "Create",
    past: "Created",
    means: "A seeding of all missions, as every sync makes it. It can be undone.",
  },
};

/** The button that writes, with its number: "Attach 14 creators". */
export function confirmText(kind: FixKind, count: number): string {
  const { verb, one, many } = FIX_WORDS[kind];
  return `${verb} ${countOf(count, one, many)}`;
}

/** What was written, against what was promised: "Attached 14 creators (the preview said 14)." */
export function doneText(kind: FixKind, count: number): string {
  const { past, one, many } = FIX_WORDS[kind];
  return `${past} ${countOf(count, one, many)} (the preview said ${formatCount(count)}).`;
}

/** Why the fix leaves some of what was found: "1 more of the finding have another unknown tier." */
export function leftText({ left, leftBecause }: Pick<FixPreviewDto, "left" | "leftBecause">): string | null {
  if (left === 0) {
    return null;
  }
  const why = leftBecause === "" ? "" : `: they ${leftBecause}`;
  return `${countOf(left, "record")} of the finding ${left === 1 ? "is" : "are"} left as ${left === 1 ? "it is" : "they are"}${why}.`;
}
