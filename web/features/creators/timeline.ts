import type { AdjustmentDto } from "../../../server/adjustments/schema.ts";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import type { RedemptionDto } from "../../../server/redemptions/schema.ts";
import { countOf } from "../../lib/numbers.ts";

export const timelineKinds = ["tier", "seeded", "completed", "redemption", "adjustment"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

const STEPS: readonly TimelineKind[] = ["adjustment", "tier", "seeded", "completed", "redemption"];

/** Something that happened to a creator. */
export interface TimelineEntry {
  key: string;
  at: Date;
  kind: TimelineKind;
  text: string;
  /** up or down where a tier moved */
  move?: "promoted" | "maintained" | "demoted" | undefined;
  /** the run that did it, where that is recorded */
  runNumber: number | null;
  /** the person who did it, where it was one */
  by: string | null;
}

export interface TimelineSources {
  tierLog: CreatorDto["tierLog"];
  missions: readonly CreatorMissionDto[];
  redemptions: readonly RedemptionDto[];
  adjustments: readonly AdjustmentDto[];
}

/** How tiers and amounts are written for the present client. */
export interface TimelineWords {
  tierName: (tierId: string) => string;
  /** an amount of the client's metric, with its unit */
  amount: (value: string) => string;
  /** the same with its sign */
  change: (value: string) => string;
  adjustment: (type: AdjustmentDto["adjustmentType"]) => string;
}

/** Everything that is recorded about a creator, newest first. Missions seeded at one moment are one entry. */
export function timelineOf(sources: TimelineSources, words: TimelineWords): TimelineEntry[] {
  const entries = [
    ...sources.tierLog.map((entry, index) => tierEntry(entry, index, words)),
    ...seededEntries(sources.missions),
    ...completedEntries(sources.missions),
    ...sources.redemptions.map(redemptionEntry),
    ...sources.adjustments.map((adjustment) => adjustmentEntry(adjustment, words)),
  ];
  return entries.toSorted((one, other) => other.at.getTime() - one.at.getTime() || rankOf(other) - rankOf(one));
}

/** A sync has one moment for all it does: then the order of its steps tells what came after what. */
function rankOf({ kind }: TimelineEntry): number {
  return STEPS.indexOf(kind);
}

function tierEntry(entry: CreatorDto["tierLog"][number], index: number, words: TimelineWords): TimelineEntry {
  const [before, after] = [words.tierName(entry.tierBefore), words.tierName(entry.tierAfter)];
  const at = ` at ${words.amount(entry.metricValue)}`;
  const text =
    entry.status === "maintained"
      ? `Stayed ${after}${at}`
      : `${entry.status === "promoted" ? "Promoted" : "Demoted"} ${before} to ${after}${at}`;
  return { key: `tier-${index}`, at: entry.at, kind: "tier", text, move: entry.status, runNumber: null, by: null };
}

function seededEntries(missions: readonly CreatorMissionDto[]): TimelineEntry[] {
  const byMoment = new Map<number, string[]>();
  for (const mission of missions) {
    if (mission.progress !== null) {
      const moment = mission.progress.seededAt.getTime();
      byMoment.set(moment, [...(byMoment.get(moment) ?? []), mission.missionName]);
    }
  }
  return [...byMoment].map(([moment, names]) => ({
    key: `seeded-${moment}`,
    at: new Date(moment),
    kind: "seeded",
    text: names.length === 1 ? `${names[0]} seeded` : `${countOf(names.length, "mission")} seeded`,
    runNumber: null,
    by: null,
  }));
}

function completedEntries(missions: readonly CreatorMissionDto[]): TimelineEntry[] {
  return missions.flatMap(({ missionId, missionName, progress }): TimelineEntry[] =>
    progress?.completedAt == null
      ? []
      : [
          {
            key: `completed-${missionId}`,
            at: progress.completedAt,
            kind: "completed",
            text: `${missionName} completed`,
            runNumber: null,
            by: null,
          },
        ],
  );
}

function redemptionEntry(redemption: RedemptionDto): TimelineEntry {
  return {
    key: `redemption-${redemption.id}`,
    at: redemption.createdAt,
    kind: "redemption",
    text: `Redemption made: ${redemption.rewardName}`,
    runNumber: redemption.runNumber,
    by: null,
  };
}

function adjustmentEntry(adjustment: AdjustmentDto, words: TimelineWords): TimelineEntry {
  const amount = words.change(adjustment.amount ?? adjustment.amountUnits ?? "0");
  const pending = adjustment.appliedAt === null ? ", waits for the next sync" : "";
  return {
    key: `adjustment-${adjustment.id}`,
    at: adjustment.createdAt,
    kind: "adjustment",
    text: `Adjustment ${amount}, ${words.adjustment(adjustment.adjustmentType)}${pending}`,
    runNumber: null,
    by: adjustment.adjustedBy,
  };
}
