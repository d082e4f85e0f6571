import { describe, expect, it } from "vitest";
import { ladderOf } from "../../lib/ladder.ts";
import { toNextTier, windowPlace } from "./window-words.ts";

describe("the place in a window", () => {
  it.each([
    ["2026-08-14", { day: 1, of: 122, left: 122, isOver: false }],
    ["2026-11-22", { day: 101, of: 122, left: 22, isOver: false }],
    ["2026-12-13", { day: 122, of: 122, left: 1, isOver: false }],
    ["2026-12-14", { day: 122, of: 122, left: 0, isOver: true }],
    ["2027-02-01", { day: 122, of: 122, left: 0, isOver: true }],
    ["2026-08-01", { day: 1, of: 122, left: 135, isOver: false }],
  ])("on %s is counted by calendar days", (today, place) => {
    expect(windowPlace("2026-08-14", "2026-12-14", today)).toMatchObject(place);
  });

  it("is nowhere in a window with an open side or without a day", () => {
    expect(windowPlace(null, "2026-12-14", "2026-11-22")).toBeNull();
    expect(windowPlace("2026-08-14", null, "2026-11-22")).toBeNull();
    expect(windowPlace("2026-08-14", "2026-08-14", "2026-11-22")).toBeNull();
  });
});

describe("the way to the next tier", () => {
  const ladder = ladderOf(
    (
      [
        ["Bronze", "0"],
        ["Silver", "1000.0000"],
        ["Gold", null],
        ["Platinum", "20000.0000"],
      ] as const
    ).map(([tierName, salesThreshold], index) => ({
      tierId: `tier_${index + 1}`,
      tierOrder: index + 1,
      tierName,
      tierColor: null,
      salesThreshold,
      unitsThreshold: null,
      commissionRate: "0",
      checkpointExempt: false,
      creators: 0,
    })),
  );
  const creator = { tierId: "tier_2", tierLog: [], totalSales: "7342.18", totalUnits: 0 };
  const demotion = {
    at: new Date(0),
    kind: "checkpoint" as const,
    status: "demoted" as const,
    tierBefore: "tier_3",
    tierAfter: "tier_2",
    metricValue: "10",
  };

  it("skips a tier without a threshold", () => {
    expect(toNextTier(creator, ladder, "sales")).toEqual({ name: "Platinum", missing: "12657.8200" });
  });

  it("is not known at the top, for an unknown tier, and after a demotion", () => {
    expect(toNextTier({ ...creator, tierId: "tier_4" }, ladder, "sales")).toBeNull();
    expect(toNextTier({ ...creator, tierId: "vip" }, ladder, "sales")).toBeNull();
    expect(toNextTier({ ...creator, tierLog: [demotion] }, ladder, "sales")).toBeNull();
  });
});
