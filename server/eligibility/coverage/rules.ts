import type { MissionDto } from "../../missions/schema.ts";
import type { CoverageCell, CoverageMission, CoverageTier } from "./schema.ts";

const none: CoverageCell = { eligible: 0, seeded: 0, notSeeded: 0 };

/** Lays the counted cells out as a matrix: every mission has a cell in every column, and its total is their sum. */
export function coverageRows(
  missions: readonly MissionDto[],
  tiers: readonly CoverageTier[],
  counted: readonly ({ missionId: string; tierId: string } & CoverageCell)[],
): CoverageMission[] {
  const byPlace = new Map(counted.map(({ missionId, tierId, ...cell }) => [`${missionId} ${tierId}`, cell]));
  return missions.map((mission) => {
    const { id, name, title, displayName, missionType, tierEligibility, tierName, state, enabled } = mission;
    const cells = tiers.map(({ tierId }) => byPlace.get(`${id} ${tierId}`) ?? none);
    const shown = { name, title, displayName, missionType, tierEligibility, tierName, state, enabled };
    return { missionId: id, ...shown, cells, total: cells.reduce(plus, none) };
  });
}

function plus(one: CoverageCell, other: CoverageCell): CoverageCell {
  return {
    eligible: one.eligible + other.eligible,
    seeded: one.seeded + other.seeded,
    notSeeded: one.notSeeded + other.notSeeded,
  };
}
