import { describe, expect, it } from "vitest";
import type { MissionId } from "../../base/ids.ts";
import { type MissionFates, splitEnabled, strangerAmong, undoSums } from "./rules.ts";

const A = "aaaaaaaa-0000-4000-8000-000000000000" as MissionId;
const B = "bbbbbbbb-0000-4000-8000-000000000000" as MissionId;
const C = "cccccccc-0000-4000-8000-000000000000" as MissionId;

function aMissionOf(missionId: MissionId, change: Partial<MissionFates> = {}): MissionFates {
  return {
    missionId,
    name: missionId.slice(0, 1),
    enabled: true,
    removable: 2,
    completed: 1,
    hasRedemption: 1,
    staying: 9,
    ...change,
  };
}

describe("the sums of an undo", () => {
  it("add up over missions and reasons", () => {
    const sums = undoSums([aMissionOf(A), aMissionOf(B, { removable: 207, completed: 0, hasRedemption: 0 })], false);
    expect(sums).toMatchObject({ removed: 209, kept: 2, keptByReason: { completed: 1, has_redemption: 1 } });
    expect(sums.perMission.map(({ removed, kept }) => [removed, kept])).toEqual([
      [2, 2],
      [207, 0],
    ]);
  });

  it("remove nothing a second time", () => {
    expect(undoSums([aMissionOf(A)], true)).toMatchObject({ removed: 0, kept: 2, perMission: [{ removed: 0 }] });
  });
});

describe("the missions of an undo", () => {
  const missions = [aMissionOf(A), aMissionOf(B, { enabled: false }), aMissionOf(C, { removable: 0 })];

  it.each([
    { asked: [], off: [], on: [A] },
    { asked: [A], off: [A], on: [] },
    { asked: [A.toUpperCase(), A], off: [A], on: [] },
    { asked: [B, C], off: [], on: [A] },
  ])("asked to switch off $asked: $off go off, $on stay on", ({ asked, off, on }) => {
    const split = splitEnabled(missions, asked);
    expect([split.off.map(({ missionId }) => missionId), split.on.map(({ missionId }) => missionId)]).toEqual([
      off,
      on,
    ]);
  });

  it("are those it created rows for; another is named", () => {
    expect(strangerAmong([A, B.toUpperCase()], missions)).toBeNull();
    expect(strangerAmong([A, "dddddddd-0000-4000-8000-000000000000"], missions)).toMatch(/^d/);
  });
});
