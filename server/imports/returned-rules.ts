/**
 * Rejected rows go out as a download and come back corrected. What is written before a cell that a spreadsheet would run as a
 * formula must be taken away again, and nothing else.
 */
import { cellText } from "../csv/rules.ts";

/** A cell as the download has it. One that begins with our own apostrophe gets a second, or it would lose its first on the way back. */
export function asReturnable(cell: string): string {
  return isMarked(cell) ? `'${cell}` : cellText(cell);
}

/** The cell as it was before `asReturnable`; a cell that somebody typed is left as it is. */
export function asItWas(cell: string): string {
  return isMarked(cell) ? cell.slice(1) : cell;
}

/** Apostrophes, and behind them what begins like a formula. */
function isMarked(cell: string): boolean {
  const bare = cell.replace(/^'+/, "");
  return bare !== cell && cellText(bare) !== bare;
}
