import type { ClientSettings } from "../../base/client-settings.ts";
import type { Day } from "../../base/days.ts";
import { counted, formatCount, formatDay, formatMoney } from "../../base/text.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { type LintCode, lintCodes, type LintDto, type LintFinding, lintLevels } from "./schema.ts";

/** What the lint judges: a mission as if it were enabled, counted in one snapshot. */
export interface LintFacts {
  mission: MissionDto;
  /** the client's other missions */
  others: readonly MissionDto[];
  settings: Pick<ClientSettings, "vipMetric" | "currency">;
  today: Day;
  /** the client's creators: all, those who qualify, and those without a row whose tier is not in the ladder */
  creators: { total: number; eligible: number; tierUnknown: number };
  /** rows that would move: those not completed and those that seeding would create */
  rows: { concerned: number; completeAtOnce: number; windowsOver: number; windowsEndingSoon: number };
  /** what `completeAtOnce` costs, as decimal text; null without a value in money */
  costAtOnce: string | null;
}

/** More than this percentage of the rows complete at once: the target is no target. */
const REACHED_PERCENT = 90;
/** More than this percentage of the windows are over or nearly so: most creators have no time left. */
const SHORT_PERCENT = 50;

/** Compared in whole numbers, so that exactly the limit is never above it. */
function isAbove(part: number, percent: number, of: number): boolean {
  return part * 100 > percent * of;
}

type Told = Omit<LintFinding, "code" | "level">;

const rules: Record<LintCode, (facts: LintFacts) => Told | null> = {
  no_reward: ({ mission }) =>
    mission.reward === null ? { sentence: "It has no reward yet, and cannot be activated without one." } : null,
  mission_tier_unknown: ({ mission, creators }) =>
    mission.isTierKnown
      ? null
      : {
          sentence: `It asks for ${mission.tierEligibility}, a tier that the ladder does not have: none of ${counted(creators.total, "creator")} can be judged.`,
          count: creators.total,
        },
  raffle_past: ({ mission, today }) =>
    mission.raffleEndDate !== null && mission.raffleEndDate < today
      ? {
          sentence: `The raffle ended on ${formatDay(mission.raffleEndDate)}: whoever joins now takes part in nothing.`,
        }
      : null,
  target_reached: targetReached,
  nobody_eligible: nobodyEligible,
  reward_disabled: ({ mission }) =>
    mission.reward?.enabled === false
      ? { sentence: `Its reward ${mission.reward.name} is disabled; whoever completes it would earn it all the same.` }
      : null,
  metric_clash: metricClash,
  creators_unknown: ({ mission, creators: { tierUnknown } }) =>
    mission.tierEligibility === "all" || !mission.isTierKnown || tierUnknown === 0
      ? null
      : {
          sentence: `${counted(tierUnknown, "creator stands", "creators stand")} in a tier that the ladder does not have and would not get it.`,
          count: tierUnknown,
        },
  windows_short: windowsShort,
  twin,
};

/** Judges a mission before it is activated: every finding with its sentence, worst first, and the light they make. */
export function lintOf(facts: LintFacts): LintDto {
  const findings = lintCodes.flatMap((code): LintFinding[] => {
    const told = rules[code](facts);
    return told === null ? [] : [{ code, level: lintLevels[code], ...told }];
  });
  return { light: findings[0]?.level ?? "green", findings };
}

/** The findings that only a typed confirmation overrides. */
export function redFindings(lint: LintDto): LintFinding[] {
  return lint.findings.filter(({ level }) => level === "red");
}

function targetReached({ mission, rows, costAtOnce, settings }: LintFacts): Told | null {
  const { completeAtOnce, concerned } = rows;
  if (!isAbove(completeAtOnce, REACHED_PERCENT, concerned)) return null;
  const cost =
    costAtOnce === null
      ? `each earns ${mission.reward?.name ?? "the reward"} at once`
      : `it would cost ${formatMoney(costAtOnce, settings.currency)} at once`;
  return {
    sentence: `${formatCount(completeAtOnce)} of ${counted(concerned, "creator")} have reached the target already, so ${cost}.`,
    count: completeAtOnce,
  };
}

/** Of a tier that nobody can be judged by, `mission_tier_unknown` has said it. */
function nobodyEligible({ mission, creators }: LintFacts): Told | null {
  if (creators.eligible > 0 || !mission.isTierKnown) return null;
  if (creators.total === 0) return { sentence: "The programme has no creators yet: 0 would get it.", count: 0 };
  const tier = mission.tierName ?? mission.tierEligibility;
  return {
    sentence: `None of ${counted(creators.total, "creator")} qualifies: it asks for ${tier} or higher.`,
    count: 0,
  };
}

function metricClash({ mission: { missionType }, settings: { vipMetric } }: LintFacts): Told | null {
  if (missionType === "sales_dollars" && vipMetric === "units") {
    return { sentence: "It counts sales in money, but the programme counts units." };
  }
  if (missionType === "sales_units" && vipMetric === "sales") {
    return { sentence: "It counts units, but the programme counts sales in money." };
  }
  return null;
}

function windowsShort({ rows: { concerned, windowsOver, windowsEndingSoon } }: LintFacts): Told | null {
  const short = windowsOver + windowsEndingSoon;
  if (!isAbove(short, SHORT_PERCENT, concerned)) return null;
  const parts = [
    ...(windowsOver === 0 ? [] : [`${counted(windowsOver, "is", "are")} over`]),
    ...(windowsEndingSoon === 0 ? [] : [`${counted(windowsEndingSoon, "ends", "end")} within 3 days`]),
  ];
  return {
    sentence: `The windows of ${formatCount(short)} of ${counted(concerned, "creator")} leave no time: ${parts.join(", ")}.`,
    count: short,
  };
}

/** Another mission that asks the same creators for the same thing from the same place in the list. */
function twin({ mission, others }: LintFacts): Told | null {
  const twins = others.filter(
    (other) =>
      (other.state === "active" || other.state === "enabled") &&
      other.missionType === mission.missionType &&
      other.tierEligibility === mission.tierEligibility &&
      other.displayOrder === mission.displayOrder,
  );
  const [first] = twins;
  if (first === undefined) return null;
  const more = twins.length === 1 ? "has" : `and ${formatCount(twins.length - 1)} more have`;
  return {
    sentence: `${first.name} ${more} the same type, tier and place in the list (${formatCount(mission.displayOrder)}).`,
    count: twins.length,
    missionId: first.id,
  };
}
