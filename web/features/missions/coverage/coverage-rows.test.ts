import { describe, expect, it } from "vitest";
import type { CoverageDto, CoverageMission } from "../../../../server/eligibility/coverage/schema.ts";
import {
  bucketOf,
  cellText,
  coverageSentence,
  coveredShare,
  filteredMissions,
  insteadOfCells,
} from "./coverage-rows.ts";

const none = { eligible: 0, seeded: 0, notSeeded: 0 };
const mission: CoverageMission = {
  missionId: "m",
  name: "Gold Sprint",
  title: "gold-sprint-q4",
  displayName: "Gold Sprint",
  missionType: "videos",
  tierEligibility: "tier_3",
  tierName: "Gold",
  state: "enabled",
  enabled: true,
  cells: [],
  total: { eligible: 275, seeded: 63, notSeeded: 212 },
};
const gold = { tierName: "Gold" };

describe("a cell of the coverage", () => {
  const place = { mission, tier: gold, isAsIfEnabled: false };
  it("opens the rows that are missing, else those there, else the bucket of all the others", () => {
    expect(bucketOf({ eligible: 5, seeded: 3, notSeeded: 2 }, place)).toBe("will_create");
    expect(bucketOf({ eligible: 0, seeded: 3, notSeeded: 0 }, place)).toBe("already_seeded");
    expect(bucketOf(none, place)).toBe("not_eligible");
    expect(bucketOf(none, { ...place, tier: { tierName: null } })).toBe("unknown");
    expect(bucketOf(none, { ...place, mission: { ...mission, tierName: null } })).toBe("unknown");
  });

  it("judges nobody of a draft before their tier, unless it counts as enabled", () => {
    const draft = { ...mission, enabled: false };
    expect(bucketOf(none, { mission: draft, tier: { tierName: null }, isAsIfEnabled: false })).toBe("not_eligible");
    expect(bucketOf(none, { mission: draft, tier: { tierName: null }, isAsIfEnabled: true })).toBe("unknown");
  });

  it("gives way to the words of the list where nobody is judged", () => {
    const draft = { ...mission, enabled: false, total: none };
    expect(insteadOfCells(draft, false)).toBe("counts once enabled");
    expect(insteadOfCells(draft, true)).toBeUndefined();
    expect(insteadOfCells({ ...mission, tierName: null, total: none }, false)).toBe(
      "cannot be judged: tier not in the ladder",
    );
    expect(insteadOfCells(mission, false)).toBeUndefined();
  });

  it("is read out with its figures, and filled by the share that has a row", () => {
    expect(cellText(mission.total, "Gold Sprint", "Gold", "will_create")).toBe(
      "Gold Sprint, Gold: 275 eligible, 63 seeded, 212 not seeded yet",
    );
    expect(cellText(none, "Gold Sprint", "tier_9", "unknown")).toBe("Gold Sprint, tier_9: cannot be judged");
    expect(coveredShare({ eligible: 4, seeded: 9, notSeeded: 1 })).toBe(0.75);
    expect(coveredShare(none)).toBe(0);
  });
});

describe("the coverage", () => {
  it("follows the filters of the list", () => {
    const other = {
      ...mission,
      missionId: "n",
      title: "first-five",
      displayName: "First Five",
      state: "draft",
    } as const;
    const matrix: CoverageDto = { computedAt: new Date(0), tiers: [], missions: [mission, other] };
    const found = (filters: Parameters<typeof filteredMissions>[1]) =>
      filteredMissions(matrix, filters).map(({ missionId }) => missionId);
    expect(found({})).toEqual(["m", "n"]);
    expect(found({ q: " FIVE " })).toEqual(["n"]);
    expect(found({ state: "enabled" })).toEqual(["m"]);
    expect(found({ tier: "all" })).toEqual([]);
  });

  it("says how many rows are missing in all", () => {
    expect(coverageSentence([mission, mission])).toBe("424 rows not seeded yet.");
    expect(coverageSentence([])).toBe("Everybody who qualifies is seeded.");
  });
});
