import { describe, expect, it } from "vitest";
import type { TierRule } from "../../../lib/mission-words.ts";
import { nearGoal, nearText, nearTitle, overText, reachedText } from "./near-words.ts";

const gold: TierRule = { kind: "known", name: "Gold", isTop: false };
const all: TierRule = { kind: "all", name: "All tiers", isTop: false };
const sales = { missionType: "sales_dollars", targetValue: "1000" } as const;

describe("near-misses in words", () => {
  it("name what there is to be near to", () => {
    expect(nearGoal("tier", sales, gold, "USD")).toBe("Gold");
    expect(nearGoal("tier", sales, all, "USD")).toBeUndefined();
    expect(nearGoal("target", sales, all, "USD")).toBe("$1,000");
    expect(nearGoal("target", { missionType: "raffle", targetValue: "0" }, gold, "USD")).toBeUndefined();
  });

  it("count those who lack something apart from those who have it already", () => {
    expect(nearText({ total: 18, reached: 6 }, "Gold")).toBe("12 within 10 % of Gold");
    expect(nearText({ total: 6, reached: 6 }, "Gold")).toBe("Nobody within 10 % of Gold");
    expect(reachedText(14)).toBe("14 reached it already");
    expect([overText(0), overText(2)]).toEqual([undefined, "the window of 2 is over"]);
  });

  it.each([
    [18, 0, "Within 10 % of Gold"],
    [14, 14, "Reached Gold already"],
    [18, 6, "Reached Gold, or within 10 % of it"],
  ])("title the list by whom it holds: %d, of them %d there", (total, reached, title) => {
    expect(nearTitle({ total, reached }, "Gold")).toBe(title);
  });
});
