import { z } from "zod";
import type { MissionDto } from "../../missions/schema.ts";
import { type Bucket, type Reason, whatIf } from "../schema.ts";

export const explainInput = z.object({ missionId: z.guid(), userId: z.guid(), whatIf: whatIf.optional() });
export type ExplainInput = z.infer<typeof explainInput>;
export const creatorMissionsInput = z.object({ userId: z.guid() });

/** Yes: has it, or would get it. Cannot tell: a tier is not in the ladder. */
export type Verdict = "yes" | "no" | "cannot_tell";

/** What the definition asks, in the order in which it asks (domain reference, section 3). */
export const gateKeys = ["row", "enabled", "mission_tier_known", "creator_tier_known", "tier_high_enough"] as const;
export type GateKey = (typeof gateKeys)[number];

/** A side of a gate in words, and as the value behind them: a switch, or the order of a tier. */
export interface GateSide {
  words: string;
  value: boolean | number | null;
}

export interface GateDto {
  key: GateKey;
  name: string;
  required: GateSide;
  actual: GateSide;
  /** unknown: cannot be told, because a tier is not in the ladder */
  state: "pass" | "fail" | "unknown";
}

/** One way to a yes. `isEnough`: it needs nothing beside it. */
export interface WayDto {
  kind: "enable" | "promotion" | "mission_tier" | "creator_tier";
  text: string;
  isEnough: boolean;
}

/** How far the creator is from a tier that the mission accepts (domain reference, section 10). Amounts are of the client's metric. */
export interface ClimbDto {
  tierId: string;
  tierName: string;
  threshold: string;
  /** what counts, adjustments that wait for the next sync included */
  value: string;
  /** of `value`, the adjustments that wait */
  pending: string;
  /** "0" when the threshold is reached and the next sync promotes */
  missing: string;
  isReached: boolean;
  /** the day since which it counts, after a demotion; null: all time */
  since: string | null;
  /** the day of the next checkpoint, until which it counts for sure; null: no deadline */
  before: string | null;
}

/** A tier by its id; the name is null when the ladder has no such tier. */
export interface TierRef {
  tierId: string;
  tierName: string | null;
}

export interface WasAndNow<T> {
  was: T;
  now: T;
}

export interface Window {
  start: Date | null;
  end: Date | null;
}

/** The row that exists: what was frozen with it, who seeded it, and what has changed since. */
export interface SeededRowDto {
  value: string;
  status: "active" | "dormant" | "completed";
  isOver: boolean;
  windowStart: Date | null;
  windowEnd: Date | null;
  completedAt: Date | null;
  seededAt: Date;
  /** null: inserted by hand, without a seeding */
  seed: {
    id: string;
    source: "console" | "activation" | "sync" | "cli" | "sql";
    byName: string;
    runNumber: number | null;
  } | null;
  since: {
    creatorTier: WasAndNow<TierRef>;
    window: WasAndNow<Window>;
    /** 'all' has no name in the ladder */
    missionTier: WasAndNow<TierRef>;
  };
}

/** Why one creator stands with one mission as they do. */
export interface Explanation {
  bucket: Bucket;
  reason: Reason | null;
  verdict: Verdict;
  sentence: string;
  /** the one that decides first, the others in the order in which they are asked */
  gates: GateDto[];
  /** what would make it a yes; empty where it is one */
  wouldChange: WayDto[];
  /** null where no amount would help */
  climb: ClimbDto | null;
  /** null when no row exists */
  progress: SeededRowDto | null;
}

/** One mission as it stands for one creator, seeded or not. */
export interface CreatorMissionDto extends Explanation {
  missionId: string;
  missionName: string;
  missionType: MissionDto["missionType"];
  targetValue: string;
  tierEligibility: string;
  tierName: string | null;
  state: MissionDto["state"];
  /** of a row that would be written now */
  statusIfSeeded: "active" | "dormant";
  redemption: { id: string; status: string; rewardName: string } | null;
}

/** The explanation of one creator and one mission, with what one wants to know of the creator beside it. */
export interface ExplainDto extends CreatorMissionDto {
  /** judged under terms of the mission that are not saved */
  isWhatIf: boolean;
  computedAt: Date;
  creator: {
    userId: string;
    handle: string;
    tierId: string;
    tierName: string | null;
    windowStart: Date | null;
    windowEnd: Date | null;
    /** the client's metric over the videos of the last 30 days: money or units as decimal text */
    metric30Days: string;
    /** the newest video's day */
    lastVideo: string | null;
    /** progress rows of all missions, and those of them that are completed */
    rows: number;
    completed: number;
  };
}
