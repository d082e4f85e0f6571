import type { CoverageCell, CoverageDto, CoverageMission } from "../../../../server/eligibility/coverage/schema.ts";
import type { Bucket } from "../../../../server/eligibility/schema.ts";
import type { MissionFilters } from "../../../../server/missions/schema.ts";
import { countOf, formatCount } from "../../../lib/numbers.ts";

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

/** The list that a cell is about: those without a row, else those with one, else why nobody qualifies. */
export function bucketOf(cell: CoverageCell, isTierKnown: boolean): Bucket {
  if (cell.notSeeded > 0) {
    return "will_create";
  }
  if (cell.seeded > 0) {
    return "already_seeded";
  }
  return isTierKnown ? "not_eligible" : "unknown";
}

/** A cell in words, for whoever cannot see it. */
export function cellText(cell: CoverageCell, mission: string, tier: string): string {
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

/** "12 missions x 4 tiers, 285 rows not seeded yet". */
export function coverageSentence(missions: readonly CoverageMission[]): string {
  const open = missions.reduce((sum, { total }) => sum + total.notSeeded, 0);
  return open === 0 ? "Everybody who qualifies is seeded." : `${countOf(open, "row")} not seeded yet.`;
}
