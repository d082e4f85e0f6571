import type { RowVerdict } from "../../../server/imports/check/schema.ts";
import type { ImportCheckDto, ImportCounts, ImportDto } from "../../../server/imports/schema.ts";
import { daysBetween } from "../../lib/dates.ts";
import { countOf, formatCount, formatPercent } from "../../lib/numbers.ts";

/** Rows that go in: all but those set aside. */
export function takenRows(counts: ImportCounts): number {
  return counts.rows - counts.rejected;
}

/** Their videos, whose rows step 1 counts: of those that stand in the file again only the last row does. */
export function takenVideos(counts: ImportCounts): number {
  return takenRows(counts) - counts.duplicate;
}

/** "1,285 rows (1,272 videos)"; "1,272 rows" where no video stands in the file twice. */
export function takenText(counts: ImportCounts): string {
  const rows = countOf(takenRows(counts), "row");
  return counts.duplicate === 0 ? rows : `${rows} (${countOf(takenVideos(counts), "video")})`;
}

/** What becomes of rows whose video stands in the file again; nothing where there are none. */
export function duplicateWords(counts: ImportCounts): string {
  return counts.duplicate === 0
    ? ""
    : `They are ${countOf(takenVideos(counts), "video")}: of a video that stands in the file again the last row counts. `;
}

/** Posts this much older than the newest of an ordinary export make one doubt the file. */
const OLD_AFTER_DAYS = 2;
/** A file shorter than the last one by more than this is worth a word. */
const FEWER_THAN = 0.3;

export interface Warning {
  key: "empty" | "same" | "old" | "fewer";
  title: string;
  text: string;
  /** the run to look at, where there is one */
  runNumber: number | null;
}

type Checked = Pick<ImportCheckDto, "counts" | "sameAs" | "newestPost" | "previous">;

/** What makes one look twice before importing: known bytes, old posts, fewer rows than last time. None of them forbids it. */
export function warningsOf(check: Checked, today: string): Warning[] {
  return [emptyWarning(check), sameWarning(check), oldWarning(check, today), fewerWarning(check)].filter(
    (warning) => warning !== null,
  );
}

function emptyWarning({ counts }: Checked): Warning | null {
  if (counts.rows > 0) {
    return null;
  }
  return {
    key: "empty",
    title: "The file has no rows.",
    text: "Importing it changes nothing. An export that broke off leaves such a file.",
    runNumber: null,
  };
}

function sameWarning({ sameAs }: Checked): Warning | null {
  if (sameAs === null) {
    return null;
  }
  const where = sameAs.runNumber === null ? "before" : `by run ${sameAs.runNumber}`;
  return {
    key: "same",
    title: `The same file was imported ${where}.`,
    text: "Importing it again does no harm: figures are replaced, never added.",
    runNumber: sameAs.runNumber,
  };
}

function oldWarning({ newestPost, previous }: Checked, today: string): Warning | null {
  if (newestPost === null) {
    return null;
  }
  const age = daysBetween(newestPost, today);
  const last = previous?.newestPost ?? null;
  const isOlder = last !== null && newestPost < last;
  if (!isOlder && age <= OLD_AFTER_DAYS) {
    return null;
  }
  const behind = isOlder ? countOf(daysBetween(newestPost, last), "day") : "";
  return {
    key: "old",
    title: `The newest post is ${countOf(Math.max(age, 0), "day")} old.`,
    text: isOlder
      ? `The last file had posts ${behind} newer. The export may be a stale one: importing it puts older figures back.`
      : "The export may be a stale one.",
    runNumber: null,
  };
}

function fewerWarning({ counts, previous }: Checked): Warning | null {
  const before = previous?.rows ?? 0;
  const share = before === 0 ? 0 : (before - counts.rows) / before;
  if (share <= FEWER_THAN) {
    return null;
  }
  return {
    key: "fewer",
    title: `${formatPercent(counts.rows === 0 ? 1 : Math.min(share, 0.999))} fewer rows than last time.`,
    text: `The last file had ${formatCount(before)}, this one has ${formatCount(counts.rows)}. A video that is missing keeps its figures.`,
    runNumber: null,
  };
}

/** The terms of "1,250 = 38 new + 1,103 changed + 88 same + 12 duplicate + 9 rejected". */
export function sumTerms(counts: ImportCounts | undefined) {
  return [
    { key: "created", label: "new", bucket: "new", count: counts?.created },
    { key: "updated", label: "changed", bucket: "changed", count: counts?.updated },
    { key: "unchanged", label: "same", bucket: "same", count: counts?.unchanged },
    { key: "duplicate", label: "duplicate", bucket: "duplicate", count: counts?.duplicate },
    { key: "rejected", label: "rejected", bucket: "rejected", count: counts?.rejected },
  ] as const;
}

/** What the rows of each verdict are called, and what becomes of them. */
export const VERDICT_WORDS = {
  created: {
    noun: "new row",
    plural: "new rows",
    explained: "Videos that are not there yet; each would be inserted.",
    none: "Every video of the file is known.",
  },
  updated: {
    noun: "changed row",
    plural: "changed rows",
    explained: "Videos whose figures differ; the file's figures would replace those that stand.",
    none: "No figure of a known video differs.",
  },
  unchanged: {
    noun: "same row",
    plural: "same rows",
    explained: "Videos whose figures stand already; they would be left alone.",
    none: "No row says only what stands already.",
  },
  duplicate: {
    noun: "duplicate row",
    plural: "duplicate rows",
    explained: "Earlier rows of a video that stands in the file again; the last one counts.",
    none: "No video stands in the file twice.",
  },
} as const satisfies Record<RowVerdict, { noun: string; plural: string; explained: string; none: string }>;

type Tab = RowVerdict | "rejected";
const TAB_ORDER: readonly Tab[] = ["rejected", "updated", "created", "duplicate", "unchanged"];

/** The tab that opens by itself: what needs somebody first, then what would be written. */
export function firstTab(counts: ImportCounts): Tab {
  return TAB_ORDER.find((tab) => counts[tab] > 0) ?? "created";
}

/** "9f3c…e201": enough of a hash to compare by eye. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)}…${sha256.slice(-4)}`;
}

/** Where a file came from, in words. */
export const IMPORT_SOURCES = {
  upload: "uploaded",
  inbox: "from the inbox",
  https: "fetched from its address",
  cli: "from the command line",
  demo: "demo",
} as const satisfies Record<ImportDto["source"], string>;

/** "1 row is set aside", "9 are set aside, each with its reason". */
export function asideWords(rejected: number): string {
  if (rejected === 0) {
    return "None is set aside.";
  }
  return rejected === 1
    ? "1 is set aside, with its reason."
    : `${formatCount(rejected)} are set aside, each with its reason.`;
}
