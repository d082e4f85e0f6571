/** The explanation in words, from the columns of the one relation: what decides is told by its reason, never judged again here. */
import { formatDay } from "../../base/text.ts";
import type { Bucket, Reason } from "../schema.ts";
import type { GateDto, GateKey, GateSide, Verdict } from "./schema.ts";

/** What the relation says of one creator and one mission. */
export interface Judged {
  missionName: string;
  handle: string;
  tierEligibility: string;
  creatorTier: string;
  missionTierOrder: number | null;
  creatorTierOrder: number | null;
  isEnabled: boolean;
  isSeeded: boolean;
  bucket: Bucket;
  reason: Reason | null;
  statusIfSeeded: "active" | "dormant";
  /** the day on which the row was created; null without one */
  seededOn: string | null;
  /** terms of the mission are supposed, not saved */
  isWhatIf: boolean;
}

/** A tier of the ladder, lowest first where there are several. */
export interface Rung {
  tierId: string;
  tierOrder: number;
  tierName: string;
}

/** The gate at which each reason of the definition is found. A reason that is not named here does not compile. */
export const decidingGate = {
  mission_disabled: "enabled",
  mission_tier_unknown: "mission_tier_known",
  creator_tier_unknown: "creator_tier_known",
  tier_too_low: "tier_high_enough",
} as const satisfies Record<Reason, GateKey>;

const verdicts = {
  will_create: "yes",
  already_seeded: "yes",
  not_eligible: "no",
  unknown: "cannot_tell",
} as const satisfies Record<Bucket, Verdict>;

export function verdictOf(bucket: Bucket): Verdict {
  return verdicts[bucket];
}

/** Every gate with what it asks and finds, also those behind the one that decides; that one comes first. */
export function gatesOf(judged: Judged, rungs: readonly Rung[]): GateDto[] {
  const gates = [
    rowGate(judged),
    enabledGate(judged),
    missionTierGate(judged, rungs),
    creatorTierGate(judged, rungs),
    tierGate(judged, rungs),
  ];
  const first = judged.isSeeded ? "row" : judged.reason === null ? null : decidingGate[judged.reason];
  return [...gates.filter(({ key }) => key === first), ...gates.filter(({ key }) => key !== first)];
}

/** A row lives by its own window: where there is one, no other gate is asked. */
function rowGate({ isSeeded, seededOn }: Judged): GateDto {
  return isSeeded
    ? {
        key: "row",
        name: "Has a row",
        required: { words: "one is enough", value: true },
        actual: { words: seededOn === null ? "there" : `since ${formatDay(seededOn)}`, value: true },
        state: "pass",
      }
    : {
        key: "row",
        name: "No row yet",
        required: { words: "none", value: false },
        actual: { words: "none", value: false },
        state: "pass",
      };
}

function enabledGate({ isEnabled }: Judged): GateDto {
  return {
    key: "enabled",
    name: "Mission enabled",
    required: { words: "on", value: true },
    actual: { words: isEnabled ? "on" : "off", value: isEnabled },
    state: isEnabled ? "pass" : "fail",
  };
}

function missionTierGate({ tierEligibility, missionTierOrder }: Judged, rungs: readonly Rung[]): GateDto {
  return {
    key: "mission_tier_known",
    name: "Mission's tier known",
    ...inLadder({ tierEligibility, tierId: tierEligibility, order: missionTierOrder }, rungs),
  };
}

function creatorTierGate({ tierEligibility, creatorTier, creatorTierOrder }: Judged, rungs: readonly Rung[]): GateDto {
  return {
    key: "creator_tier_known",
    name: "Creator's tier known",
    ...inLadder({ tierEligibility, tierId: creatorTier, order: creatorTierOrder }, rungs),
  };
}

/** A mission that is open to all asks for nobody's tier, known or not. */
function inLadder(
  { tierEligibility, tierId, order }: { tierEligibility: string; tierId: string; order: number | null },
  rungs: readonly Rung[],
): Pick<GateDto, "required" | "actual" | "state"> {
  const isAsked = tierEligibility !== "all";
  return {
    required: { words: isAsked ? `any of ${rungs.length}` : "not asked", value: isAsked ? rungs.length : null },
    actual: placeInLadder(tierId, order, rungs),
    state: order === null && isAsked ? "unknown" : "pass",
  };
}

/** "Gold, 3rd", or the id of a tier that the ladder does not have. */
function placeInLadder(tierId: string, order: number | null, rungs: readonly Rung[]): GateSide {
  if (tierId === "all") return { words: "all tiers", value: null };
  const at = rungs.findIndex((rung) => rung.tierId === tierId);
  return { words: at === -1 ? tierId : `${rungs[at]!.tierName}, ${ordinal(at + 1)}`, value: order };
}

/** A ladder has at most six tiers. */
function ordinal(place: number): string {
  return ["1st", "2nd", "3rd"][place - 1] ?? `${place}th`;
}

function tierGate(judged: Judged, rungs: readonly Rung[]): GateDto {
  const { tierEligibility, missionTierOrder, creatorTierOrder, creatorTier } = judged;
  return {
    key: "tier_high_enough",
    name: "Tier high enough",
    required: { words: wantedWords(tierEligibility, rungs), value: missionTierOrder },
    actual: { words: tierWords(creatorTier, rungs), value: creatorTierOrder },
    state: heightOf(tierEligibility, missionTierOrder, creatorTierOrder),
  };
}

function heightOf(wanted: string, missionOrder: number | null, creatorOrder: number | null): GateDto["state"] {
  if (wanted === "all") return "pass";
  if (missionOrder === null || creatorOrder === null) return "unknown";
  return creatorOrder >= missionOrder ? "pass" : "fail";
}

/** A tier by name; one that the ladder does not have by its id. */
export function tierWords(tierId: string, rungs: readonly Rung[]): string {
  return rungs.find((rung) => rung.tierId === tierId)?.tierName ?? tierId;
}

/** What a mission asks for: "Gold or higher", "Platinum" at the top, "any tier", or the id of an unknown tier. */
export function wantedWords(tierEligibility: string, rungs: readonly Rung[]): string {
  if (tierEligibility === "all") return "any tier";
  const at = rungs.findIndex((rung) => rung.tierId === tierEligibility);
  if (at === -1) return tierEligibility;
  return at === rungs.length - 1 ? rungs[at]!.tierName : `${rungs[at]!.tierName} or higher`;
}

/** The verdict in one sentence: "Gold Sprint asks for Gold or higher; @quietshelf is Silver." */
export function sentenceOf(judged: Judged, rungs: readonly Rung[]): string {
  const { missionName, seededOn, reason } = judged;
  const handle = `@${judged.handle}`;
  const asks = `${missionName} asks for ${wantedWords(judged.tierEligibility, rungs)}`;
  const is = `${handle} is ${tierWords(judged.creatorTier, rungs)}`;
  if (judged.isSeeded) {
    return `${handle} has had a row${seededOn === null ? "" : ` since ${formatDay(seededOn)}`}; seeding leaves it as it is.`;
  }
  if (reason === null) {
    const why = judged.tierEligibility === "all" ? `${missionName} is open to all tiers` : `${asks} and ${is}`;
    return `${why}: ${wouldBeCreated(judged)}.`;
  }
  const sentences: Record<Reason, string> = {
    mission_disabled: `${missionName} is not enabled, so nobody gets it.`,
    mission_tier_unknown: `${missionName} asks for ${judged.tierEligibility}, which is not in the ladder, so nobody can be judged.`,
    creator_tier_unknown: `${asks}; ${handle} is ${judged.creatorTier}, which is not in the ladder.`,
    tier_too_low: `${asks}; ${is}.`,
  };
  return sentences[reason];
}

function wouldBeCreated({ isWhatIf, statusIfSeeded }: Judged): string {
  const row = statusIfSeeded === "active" ? "the row" : "the row, asleep until the mission is activated";
  return isWhatIf ? `saved so, the next seeding would create ${row}` : `the next seeding or sync creates ${row}`;
}
