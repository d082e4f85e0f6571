/**
 * Rejected rows go out as a download and come back corrected. The apostrophes that keep a spreadsheet from running a cell must be
 * taken away again, and nothing else.
 */
const NUMBER = /^-?\d+(\.\d+)?$/;
/** Where a download puts an apostrophe (csv/rules.ts), with those that stand there already. */
const START = /^'*(?:[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/;
/** Always matches behind what may end a cell, so that a long run of blanks is walked once. */
const INNER = /([;\t\r\n][;"\s\0]*)('*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])?/g;

/** A cell as the download has it, with one apostrophe more wherever one may be needed: so taking one away gives the cell again. */
export function asReturnable(cell: string): string {
  if (NUMBER.test(cell)) return cell;
  const safe = cell.replace(INNER, (whole: string, before: string, marks: string, sign?: string) =>
    sign === undefined ? whole : `${before}'${marks}${sign}`,
  );
  return START.test(safe) ? `'${safe}` : safe;
}

/** The cell as it was before `asReturnable`; a cell that somebody typed without apostrophes is left as it is. */
export function asItWas(cell: string): string {
  const bare = cell.startsWith("'") && START.test(cell) ? cell.slice(1) : cell;
  return bare.replace(INNER, (whole: string, before: string, marks: string, sign?: string) =>
    sign === undefined || marks === "" ? whole : `${before}${marks.slice(1)}${sign}`,
  );
}
