import type { MissionId } from "../../base/ids.ts";
import type { KeptReason, UndoDto } from "./schema.ts";

/** The rows of a seeding in one of its missions, by what an undo does with them. */
export interface MissionFates {
  missionId: MissionId;
  name: string;
  enabled: boolean;
  removable: number;
  completed: number;
  hasRedemption: number;
  staying: number;
}

/** What the missions of a seeding add up to. `isSpent`: it was undone before, so that nothing more is removed. */
export function undoSums(
  missions: readonly MissionFates[],
  isSpent: boolean,
): Pick<UndoDto, "removed" | "kept" | "keptByReason" | "perMission"> {
  const keptByReason: Record<KeptReason, number> = {
    completed: sum(missions.map(({ completed }) => completed)),
    has_redemption: sum(missions.map(({ hasRedemption }) => hasRedemption)),
  };
  const perMission = missions.map(({ missionId, name, removable, completed, hasRedemption, staying }) => ({
    missionId,
    name,
    removed: isSpent ? 0 : removable,
    kept: completed + hasRedemption,
    staying,
  }));
  return {
    removed: sum(perMission.map(({ removed }) => removed)),
    kept: keptByReason.completed + keptByReason.has_redemption,
    keptByReason,
    perMission,
  };
}

/** The first of the missions asked for that is none of the seeding's. */
export function strangerAmong(asked: readonly string[], missions: readonly MissionFates[]): string | null {
  return asked.find((id) => !missions.some(({ missionId }) => missionId === id.toLowerCase())) ?? null;
}

/** Missions whose removed rows the next seeding would create again, split by whether they are switched off with the undo. */
export function splitEnabled(
  missions: readonly MissionFates[],
  asked: readonly string[],
): { off: MissionFates[]; on: MissionFates[] } {
  const wanted = new Set(asked.map((id) => id.toLowerCase()));
  const concerned = missions.filter(({ enabled, removable }) => enabled && removable > 0);
  return {
    off: concerned.filter(({ missionId }) => wanted.has(missionId)),
    on: concerned.filter(({ missionId }) => !wanted.has(missionId)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
