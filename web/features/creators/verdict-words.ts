import type { Bucket, CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import type { MissionType } from "../../../server/missions/schema.ts";
import type { Ladder } from "../../lib/ladder.ts";
import { reasonText } from "../../lib/eligibility-words.ts";
import { targetText, tierRule, tierRuleWords } from "../../lib/mission-words.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import type { Gate, VerdictName } from "../../ui/verdict.tsx";

export const VERDICTS: Record<Bucket, VerdictName> = {
  already_seeded: "has",
  will_create: "would_get",
  not_eligible: "no",
  unknown: "unknown",
};

export const VERDICT_TITLES: Record<Bucket, string> = {
  already_seeded: "Has it",
  will_create: "Would get it with the next seeding or sync",
  not_eligible: "Does not get it",
  unknown: "Cannot be judged",
};

/** Whom a mission is judged for. */
export interface Judged {
  tierId: string;
  tierName: string | null;
}

/** Why a mission stands as it does for a creator who has no row: "Tier Silver; needs Gold or higher". */
export function missionReason(mission: CreatorMissionDto, creator: Judged, ladder: Ladder): string {
  return reasonText(
    { ...creator, bucket: mission.bucket, reason: mission.reason },
    tierRule(mission.tierEligibility, ladder),
  );
}

const UNITS: Record<Exclude<MissionType, "raffle">, string> = {
  sales_dollars: "sales",
  sales_units: "units",
  videos: "videos",
  views: "views",
  likes: "likes",
};

type Goal = Pick<CreatorMissionDto, "missionType" | "targetValue">;

/** What a mission asks: "$1,000 sales", "100 units"; a raffle asks nothing but to take part. */
export function goalText({ missionType, targetValue }: Goal, currency: string): string {
  return missionType === "raffle"
    ? "taking part"
    : `${targetText(missionType, targetValue, currency)} ${UNITS[missionType]}`;
}

/** The page's sentence: the rows there are, bold, and what the other missions say. */
export function missionsSentence(missions: readonly CreatorMissionDto[]): { bold: string; rest: string } {
  const of = (bucket: Bucket) => missions.filter((mission) => mission.bucket === bucket);
  const rows = of("already_seeded");
  const completed = rows.filter((mission) => mission.progress?.status === "completed").length;
  const bold =
    rows.length === 0 ? "No row yet." : `${countOf(rows.length, "row")}, ${formatCount(completed)} completed.`;
  const no = of("not_eligible").length;
  const unknown = of("unknown").length;
  const clauses = [
    wouldText(of("will_create").map((mission) => mission.missionName)),
    no === 0
      ? ""
      : no === 1
        ? "1 mission does not apply."
        : `${formatCount(no)} missions do not apply, each for a reason.`,
    unknown === 0 ? "" : `${countOf(unknown, "mission")} cannot be judged.`,
  ];
  return { bold, rest: clauses.filter((clause) => clause !== "").join(" ") };
}

function wouldText(names: readonly string[]): string {
  if (names.length === 0) {
    return "";
  }
  return names.length <= 2
    ? `${names.join(" and ")} would be created now.`
    : `${formatCount(names.length)} missions would be created now.`;
}

/** The gates of a mission for a creator without a row, in the order they are judged (domain reference, section 3). */
export function gatesOf(mission: CreatorMissionDto, creator: Judged, ladder: Ladder): Gate[] {
  const isEnabled = mission.reason !== "mission_disabled";
  const enabled: Gate = {
    key: "enabled",
    gate: "Mission",
    required: "enabled",
    actual: isEnabled ? "enabled" : "not enabled",
    pass: isEnabled,
  };
  const own = creator.tierName ?? creator.tierId;
  const rule = tierRule(mission.tierEligibility, ladder);
  if (rule.kind === "all") {
    return [enabled, { key: "tier", gate: "Tier", required: "any", actual: own, pass: true }];
  }
  const isKnown = ladder.rankOf(creator.tierId) !== null;
  return [
    enabled,
    { key: "mission-tier", gate: "Mission's tier", ...inLadder(rule.name, rule.kind === "known") },
    { key: "creator-tier", gate: "Creator's tier", ...inLadder(own, isKnown) },
    {
      key: "tier",
      gate: "Tier",
      required: tierRuleWords(rule),
      actual: own,
      pass: isHighEnough(mission.tierEligibility, creator.tierId, ladder),
    },
  ];
}

function inLadder(name: string, isKnown: boolean): Pick<Gate, "required" | "actual" | "pass"> {
  return { required: "in the ladder", actual: isKnown ? name : `${name}, unknown`, pass: isKnown ? true : null };
}

function isHighEnough(wanted: string, own: string, ladder: Ladder): boolean | null {
  const [needs, has] = [ladder.rankOf(wanted), ladder.rankOf(own)];
  return needs === null || has === null ? null : has >= needs;
}
