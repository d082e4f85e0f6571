import { describe, expect, it } from "vitest";
import { isMoreThan } from "../../base/decimal.ts";
import { stillHolds, thresholdsOf, tripsOf, tripSentence } from "./rules.ts";
import { guardNames, guards, type Trip } from "./schema.ts";

const asTheyCome = thresholdsOf(new Map());
const trip: Trip = { guard: "demoted", actual: "87", base: 1284, threshold: "5", allowed: "64" };

describe("a guard", () => {
  it.each([
    ["demoted", "64", 1284, false],
    ["demoted", "65", 1284, true],
    ["demoted", "1", 20, false],
    ["demoted", "2", 20, true],
    // fewer than 20: a share of them says nothing
    ["demoted", "19", 19, false],
    ["created", "500", 0, false],
    ["rejected", "2", 20, false],
    ["rejected", "3", 20, true],
    ["falling", "5", 100, false],
    ["falling", "6", 100, true],
    ["fewer_rows", "40", 100, false],
    ["fewer_rows", "41", 100, true],
    ["created", "20", 100, false],
    ["created", "21", 100, true],
    ["redemptions", "1000", null, false],
    ["redemptions", "1001", null, true],
    ["redemptions_value", "25000.00", null, false],
    ["redemptions_value", "25000.01", null, true],
  ] as const)("%s at %s of %s trips: %s", (guard, actual, base, trips) => {
    expect(tripsOf([{ guard, actual, base }], asTheyCome)).toHaveLength(trips ? 1 : 0);
  });

  it("takes a client's threshold, and is off without one", () => {
    const measure = { guard: "demoted", actual: "5", base: 100 } as const;
    const at = (threshold: string | null) => tripsOf([measure], thresholdsOf(new Map([["demoted", threshold]])));
    expect(at("4.99")).toMatchObject([{ allowed: "4", threshold: "4.99" }]);
    expect(at("5")).toEqual([]);
    expect(at("0")).toHaveLength(1);
    expect(at(null)).toEqual([]);
  });

  it("allows a threshold exactly, whatever a float makes of it", () => {
    const thresholds = thresholdsOf(new Map([["demoted", "0.29"]]));
    expect(tripsOf([{ guard: "demoted", actual: "29", base: 10_000 }], thresholds)).toEqual([]);
    expect(tripsOf([{ guard: "demoted", actual: "30", base: 10_000 }], thresholds)).toHaveLength(1);
  });

  it("that was released lets pass what was shown, and neither more nor others", () => {
    const none = new Map<Trip["guard"], number>();
    expect(stillHolds([trip], [trip], none)).toEqual([]);
    expect(stillHolds([{ ...trip, actual: "86" }], [trip], none)).toEqual([]);
    expect(stillHolds([{ ...trip, actual: "88" }], [trip], none)).toHaveLength(1);
    expect(stillHolds([trip], [trip], new Map([["demoted", 1]]))).toHaveLength(1);
    expect(stillHolds([trip], [{ ...trip, guard: "created" }], none)).toHaveLength(1);
  });

  it("says what there would be and what it allows", () => {
    const say = (more: Partial<Trip>) => tripSentence({ ...trip, ...more }, "USD");
    expect(say({})).toBe("87 creators would be demoted, 6.8 %; the guard allows 64, 5 %.");
    expect(say({ guard: "redemptions_value", actual: "30100.5", base: null, allowed: "25000" })).toBe(
      "Redemptions worth $30,100.50 would be made; the guard allows $25,000.00.",
    );
    for (const guard of guardNames) {
      const base = guards[guard].unit === "percent" ? 1284 : null;
      expect(say({ guard, base })).toMatch(/the guard allows .*\.$/);
    }
  });
});

describe("decimal text", () => {
  it.each([
    ["2", "10", false],
    ["10", "2", true],
    ["10", "10.00", false],
    ["10.01", "10", true],
    ["0.5", "0.49", true],
    ["0.49", "0.5", false],
    ["0", "0.0001", false],
    ["999999999999.9999", "999999999999.9998", true],
  ])("%s is more than %s: %s", (one, other, expected) => {
    expect(isMoreThan(one, other)).toBe(expected);
  });
});
