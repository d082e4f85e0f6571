import type { UndoDto } from "../../../server/seeding/undo/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";

type Kept = Pick<UndoDto, "kept" | "keptByReason">;

/** Why rows are kept: "2 completed, 1 with a redemption". Empty when none is. */
function keptText({ keptByReason }: Pick<UndoDto, "keptByReason">): string {
  return [
    keptByReason.completed > 0 ? `${formatCount(keptByReason.completed)} completed` : "",
    keptByReason.has_redemption > 0 ? `${formatCount(keptByReason.has_redemption)} with a redemption` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** "3: 2 completed, 1 with a redemption"; one reason alone needs no sum: "697 completed"; "none". */
function keptSum(result: Kept): string {
  const reasons = Object.values(result.keptByReason).filter((count) => count > 0).length;
  if (reasons === 0) {
    return "none";
  }
  return reasons === 1 ? keptText(result) : `${formatCount(result.kept)}: ${keptText(result)}`;
}

/** Before it: "Removes 209 rows, keeps 3: 2 completed, 1 with a redemption." */
export function undoSentence(preview: Kept & Pick<UndoDto, "removed">): string {
  return `Removes ${countOf(preview.removed, "row")}, keeps ${keptSum(preview)}.`;
}

/** What the button does, all of it: "Remove 267 rows and disable 6 missions". */
export function undoLabel(removed: number | undefined, switchedOff: number): string {
  const off = switchedOff === 0 ? "" : ` and disable ${countOf(switchedOff, "mission")}`;
  return `Remove ${removed === undefined ? "rows" : countOf(removed, "row")}${off}`;
}

/** After it, against what the preview had promised. */
export function undoResultText(result: Kept & Pick<UndoDto, "kind" | "removed" | "undone">, promised: number): string {
  if (result.kind === "already_undone") {
    return `Undone before${result.undone === null ? "" : ` by ${result.undone.byName}`}. 0 removed, nothing to do.`;
  }
  if (result.kind === "nothing_to_remove") {
    return `Nothing was removed: every row that is left is kept, ${keptText(result) || "none is left"}.`;
  }
  const plan = result.removed === promised ? "" : ` (the preview said ${formatCount(promised)})`;
  return `Removed ${countOf(result.removed, "row")}${plan}, kept ${keptSum(result)}.`;
}

/** How a seeding stands that was undone: "41 removed, 3 kept". */
export function undoneText({ removed, kept }: { removed: number; kept: number }): string {
  return `${formatCount(removed)} removed, ${formatCount(kept)} kept`;
}

/** What a mission's other rows do once it is off. */
export function stayingText(staying: number): string {
  if (staying === 0) {
    return "No other row of it is left.";
  }
  return `${countOf(staying, "other row")} of it ${staying === 1 ? "stays as it is and does not move" : "stay as they are and do not move"} while it is off.`;
}

/** Why a seeding cannot be undone, or undefined when it can; `left` is how many of its rows are there, if known. */
export function reasonNotToUndo(undone: { byName: string } | null, left: number | undefined): string | undefined {
  if (undone !== null) {
    return `Undone by ${undone.byName} already. What was kept stays.`;
  }
  return left === 0 ? "None of its rows is left." : undefined;
}

/** "Gold Sprint", "Gold Sprint and First Five", "Gold Sprint, First Five and 3 more". */
export function missionNames(names: readonly string[]): string {
  const [first, second, ...rest] = names;
  if (first === undefined) {
    return "not known";
  }
  if (second === undefined) {
    return first;
  }
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${formatCount(rest.length)} more`;
}
