import type { HealthFinding, Severity } from "../../../server/health/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import type { StatusName } from "../../ui/status.tsx";

/** Only the worst is red; what is for information alone is grey. */
export const SEVERITY: Record<Severity, StatusName> = { red: "blocks", amber: "warning", grey: "note" };

/** The page's sentence: what asks for a decision bold, then what is for information, then what is clean. */
export function healthSentence(checks: readonly HealthFinding[]): { bold: string; rest: string } {
  const found = checks.filter((check) => check.count > 0);
  const open = found.filter((check) => check.severity !== "grey").length;
  const notes = found.length - open;
  const clean = checks.length - found.length;
  const isClean = `${countOf(clean, "check")} ${clean === 1 ? "is" : "are"} clean.`;
  const forNotes = `${formatCount(notes)} ${notes === 1 ? "is" : "are"} for information`;
  if (open === 0) {
    return { bold: "No finding", rest: ` asks for a decision${notes === 0 ? "" : `; ${forNotes}`}. ${isClean}` };
  }
  const bold = countOf(open, "finding");
  const ask = ` ${open === 1 ? "asks" : "ask"} for a decision`;
  return { bold, rest: `${ask}${notes === 0 ? "" : `; ${forNotes}`}. ${isClean}` };
}

const CLEAN: Record<string, string> = {
  creators_unknown_tier: "Every creator's tier is in the ladder",
  missions_unknown_tier: "Every mission's tier is in the ladder",
  tiers_without_threshold: "Every tier has a threshold",
  thresholds_not_rising: "Thresholds rise with the ladder",
  checkpoint_missing_or_overdue: "Every checkpoint is set and judged",
  totals_differ_from_sources: "Sums equal their sources",
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
export type Fix =
  | { page: "tiers" | "sync" | "missions" | "creators"; label: string }
  | { page: "mission"; missionId: string; tab: "preview" | "progress" | "settings"; label: string };

type Place = { one: "preview" | "progress" | "settings"; label: string };

const MISSION_FIXES: Record<string, Place> = {
  missions_unknown_tier: { one: "settings", label: "Set its tier" },
  pairs_to_be_created: { one: "preview", label: "Preview and seed" },
  active_missions_with_nobody_seeded: { one: "preview", label: "See who qualifies" },
  completed_without_reward: { one: "settings", label: "Set a reward" },
  rows_over_still_active: { one: "progress", label: "See the rows" },
  window_differs_from_present: { one: "progress", label: "See the rows" },
};

const PAGE_FIXES: Record<string, Fix> = {
  creators_unknown_tier: { page: "tiers", label: "Open the ladder" },
  tiers_without_threshold: { page: "tiers", label: "Set thresholds" },
  thresholds_not_rising: { page: "tiers", label: "Set thresholds" },
  checkpoint_missing_or_overdue: { page: "sync", label: "Run the sync" },
  totals_differ_from_sources: { page: "sync", label: "Run the sync" },
  no_sync_for_26_hours: { page: "sync", label: "Run the sync" },
  dormant_rows_of_running_missions: { page: "sync", label: "Run the sync" },
  completed_without_redemption: { page: "sync", label: "Run the sync" },
  creators_without_video_60_days: { page: "creators", label: "See creators" },
  creators_without_running_row: { page: "creators", label: "See creators" },
};

/** Where to put a finding right; null for a check that this page does not know. */
export function fixOf({ code, sample }: Pick<HealthFinding, "code" | "sample">): Fix | null {
  const place = MISSION_FIXES[code];
  if (place === undefined) {
    return PAGE_FIXES[code] ?? null;
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
