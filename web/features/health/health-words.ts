import type { HealthFinding, Severity } from "../../../server/health/schema.ts";
import { asksForDecision } from "../../lib/health-findings.ts";
import { countOf, formatChange, formatCount } from "../../lib/numbers.ts";
import type { StatusName } from "../../ui/status.tsx";

/** Only the worst is red; what is for information alone is grey. */
export const SEVERITY: Record<Severity, StatusName> = { red: "blocks", amber: "warning", grey: "note" };

/** The page's sentence: what asks for a decision bold, then what is for information, then what is clean. Muted ones are no part of it. */
export function healthSentence(all: readonly HealthFinding[]): { bold: string; rest: string } {
  const checks = all.filter((check) => check.muted === null);
  const found = checks.filter((check) => check.count > 0);
  const open = found.filter(asksForDecision).length;
  const notes = found.length - open;
  const clean = checks.filter(isClean).length;
  const areClean = `${countOf(clean, "check")} ${clean === 1 ? "is" : "are"} clean.`;
  const forNotes = `${formatCount(notes)} ${notes === 1 ? "is" : "are"} for information`;
  if (open === 0) {
    return { bold: "No finding", rest: ` asks for a decision${notes === 0 ? "" : `; ${forNotes}`}. ${areClean}` };
  }
  const bold = countOf(open, "finding");
  const ask = ` ${open === 1 ? "asks" : "ask"} for a decision`;
  return { bold, rest: `${ask}${notes === 0 ? "" : `; ${forNotes}`}. ${areClean}` };
}

/** True for a check that was made and found nothing. */
export function isClean(check: Pick<HealthFinding, "count" | "madeAt">): boolean {
  return check.count === 0 && check.madeAt !== null;
}

/** What changed since a sync, in words: "+12 since sync 41"; of a check that no sync made before, that. */
export function changeText({ change }: Pick<HealthFinding, "change">): string {
  if (change === null) {
    return "not compared yet";
  }
  return `${change.by === 0 ? "no change" : formatChange(change.by)} since sync ${change.sinceRun}`;
}

/** What a notice says of checks that came to nothing. */
export function troubleText(checks: readonly Pick<HealthFinding, "title" | "trouble" | "madeAt">[]): {
  title: string;
  rest: string;
} {
  const late = checks.filter(({ trouble }) => trouble?.kind === "timed_out").length;
  const why = late === checks.length ? "took too long" : "could not be made";
  const names = checks.map(({ title }) => title).join(", ");
  const isNew = checks.every(({ madeAt }) => madeAt === null);
  const figures = isNew ? "" : " Their figures are those of the time before.";
  return { title: `${countOf(checks.length, "check")} ${why}.`, rest: `${names}.${figures}` };
}

/** How long a check can be muted. */
export const MUTE_DAYS = [
  { value: "7", label: "a week" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
] as const;

/** The end of a mute of so many days from now. */
export function muteEnd(now: Date, days: string): Date {
  return new Date(now.getTime() + Number(days) * 86_400_000);
}

const CLEAN: Record<string, string> = {
  creators_unknown_tier: "Every creator's tier is in the ladder",
  missions_unknown_tier: "Every mission's tier is in the ladder",
  tiers_without_threshold: "Every tier has a threshold",
  thresholds_not_rising: "Thresholds rise with the ladder",
  checkpoint_missing_or_overdue: "Every checkpoint is set and judged",
  totals_differ_from_sources: "Sums equal their sources",
  duplicate_looking_handles: "No two handles look alike",
  creators_without_video_60_days: "Everybody posted within 60 days",
  no_sync_for_26_hours: "A sync succeeded within 26 hours",
  pairs_to_be_created: "Everybody who qualifies has a row",
  active_missions_with_nobody_seeded: "Every active mission has rows",
  dormant_rows_of_running_missions: "No row of a running mission sleeps",
  completed_without_redemption: "Every completed row has its redemption",
  completed_without_reward: "Every completed mission has a reward",
  rows_over_still_active: "No row is over without being completed",
  window_differs_from_present: "Every row has its creator's window",
  creators_without_running_row: "A mission runs for every creator",
};

/** What a check that found nothing says. */
export function cleanText(check: Pick<HealthFinding, "code" | "title">): string {
  return CLEAN[check.code] ?? `${check.title}: none`;
}

/** Where a finding is put right: a page, or the one mission it is about. */
export type HealthPlace =
  | { page: "tiers" | "sync" | "missions" | "creators"; label: string }
  | { page: "mission"; missionId: string; tab: "preview" | "progress" | "settings"; label: string };

type MissionPlace = { one: "preview" | "progress" | "settings"; label: string };

const MISSION_PLACES: Record<string, MissionPlace> = {
  missions_unknown_tier: { one: "settings", label: "Set its tier" },
  pairs_to_be_created: { one: "preview", label: "Preview and seed" },
  active_missions_with_nobody_seeded: { one: "preview", label: "See who qualifies" },
  completed_without_reward: { one: "settings", label: "Set a reward" },
  rows_over_still_active: { one: "progress", label: "See the rows" },
  window_differs_from_present: { one: "progress", label: "See the rows" },
};

const PAGE_PLACES: Record<string, HealthPlace> = {
  creators_unknown_tier: { page: "tiers", label: "Open the ladder" },
  tiers_without_threshold: { page: "tiers", label: "Set thresholds" },
  thresholds_not_rising: { page: "tiers", label: "Set thresholds" },
  checkpoint_missing_or_overdue: { page: "sync", label: "Run the sync" },
  totals_differ_from_sources: { page: "sync", label: "Run the sync" },
  no_sync_for_26_hours: { page: "sync", label: "Run the sync" },
  dormant_rows_of_running_missions: { page: "sync", label: "Run the sync" },
  completed_without_redemption: { page: "sync", label: "Run the sync" },
  duplicate_looking_handles: { page: "creators", label: "See creators" },
  creators_without_video_60_days: { page: "creators", label: "See creators" },
  creators_without_running_row: { page: "creators", label: "See creators" },
};

/** Where to put a finding right; null for a check that this page does not know. */
export function placeOf({ code, sample }: Pick<HealthFinding, "code" | "sample">): HealthPlace | null {
  const place = MISSION_PLACES[code];
  if (place === undefined) {
    return PAGE_PLACES[code] ?? null;
  }
  const [only, ...others] = sample;
  return only !== undefined && others.length === 0
    ? { page: "mission", missionId: only.id, tab: place.one, label: place.label }
    : { page: "missions", label: "Open missions" };
}

/** How many names stand in a row of the table. */
const SHOWN = 1;

/**
 * The names shown in the table and the words for the others. Creators are counted one by one; a mission stands for many rows,
 * so there only the names themselves can be counted, and five is the most the sample has.
 */
export function sampleWords(finding: Pick<HealthFinding, "count" | "sample">): {
  shown: HealthFinding["sample"];
  more: string;
} {
  const shown = finding.sample.slice(0, SHOWN);
  const isOneByOne = finding.sample[0]?.kind === "creator";
  const others = (isOneByOne ? finding.count : finding.sample.length) - shown.length;
  const isCut = !isOneByOne && finding.sample.length === 5;
  if (others <= 0 || shown.length === 0) {
    return { shown, more: "" };
  }
  return { shown, more: ` and ${isCut ? "at least " : ""}${formatCount(others)} more` };
}

/** The number of a run from its name, "Run 12" or "Sync 12"; null where there is none. */
export function runNumberOf(label: string): string | null {
  return /\d+/.exec(label)?.[0] ?? null;
}
