import type {
  CoverageCell,
  CoverageDto,
  CoverageMission,
  CoverageTier,
} from "../../../../server/eligibility/coverage/schema.ts";
import type { Bucket } from "../../../../server/eligibility/schema.ts";
import type { MissionFilters } from "../../../../server/missions/schema.ts";
import { countOf, formatCount } from "../../../lib/numbers.ts";
import { insteadOfCounts } from "../uncounted-words.ts";

/** The missions that the filters of the list let through, the same way as the list does. */
export function filteredMissions(matrix: CoverageDto, { q, state, tier }: MissionFilters): CoverageMission[] {
  const part = q?.trim().toLowerCase() ?? "";
  return matrix.missions.filter(
    (mission) =>
      (state === undefined || mission.state === state) &&
      (tier === undefined || mission.tierEligibility === tier) &&
      (mission.title.toLowerCase().includes(part) || mission.displayName.toLowerCase().includes(part)),
  );
}

interface Place {
  mission: Pick<CoverageMission, "tierEligibility" | "tierName" | "enabled">;
  /** Null: all tiers. */
  tier: Pick<CoverageTier, "tierName"> | null;
  isAsIfEnabled: boolean;
}

/** The list that a cell is about: those without a row, else those with one, else the bucket that all the others are in. */
export function bucketOf(cell: CoverageCell, { mission, tier, isAsIfEnabled }: Place): Bucket {
  if (cell.notSeeded > 0) {
    return "will_create";
  }
  if (cell.seeded > 0) {
    return "already_seeded";
  }
  const isJudged = mission.enabled || isAsIfEnabled;
  const isCreatorKnown = tier === null || tier.tierName !== null;
  return isJudged && !(isMissionKnown(mission) && isCreatorKnown) ? "unknown" : "not_eligible";
}

/** What is said in place of a mission's cells: the words of the list. */
export function insteadOfCells(mission: CoverageMission, isAsIfEnabled: boolean): string | undefined {
  return insteadOfCounts(
    { enabled: mission.enabled || isAsIfEnabled, isTierKnown: isMissionKnown(mission) },
    mission.total,
  );
}

function isMissionKnown({ tierEligibility, tierName }: Place["mission"]): boolean {
  return tierEligibility === "all" || tierName !== null;
}

/** A cell in words, for whoever cannot see it; `bucket` as `bucketOf` has it. */
export function cellText(cell: CoverageCell, mission: string, tier: string, bucket: Bucket): string {
  if (bucket === "unknown") {
    return `${mission}, ${tier}: cannot be judged`;
  }
  const figures = [
    `${formatCount(cell.eligible)} eligible`,
    `${formatCount(cell.seeded)} seeded`,
    ...(cell.notSeeded === 0 ? [] : [`${formatCount(cell.notSeeded)} not seeded yet`]),
  ];
  return `${mission}, ${tier}: ${figures.join(", ")}`;
}

/** How much of those who qualify has a row, from 0 to 1. */
export function coveredShare({ eligible, notSeeded }: CoverageCell): number {
  return eligible === 0 ? 0 : (eligible - notSeeded) / eligible;
}

/** "285 rows not seeded yet." */
export function coverageSentence(missions: readonly CoverageMission[]): string {
  const open = missions.reduce((sum, { total }) => sum + total.notSeeded, 0);
  return open === 0 ? "Everybody who qualifies is seeded." : `${countOf(open, "row")} not seeded yet.`;
}
