import { describe, expect, it } from "vitest";
import { sparkPoints } from "./charts.tsx";
import { rangeText } from "./pager.tsx";
import { nextTab } from "./tab-keys.ts";
import { ladderColor } from "./tier.tsx";

describe("the words of a pager", () => {
  const base = { page: 1, count: 50, pageSize: 50, total: 212, noun: "creators", isOnly: false };
  it("name the rows shown and the exact total", () => {
    expect(rangeText(base)).toBe("1–50 of 212 creators");
    expect(rangeText({ ...base, page: 5, count: 12 })).toBe("201–212 of 212 creators");
  });
  it("leave room for a total that is still counted", () => {
    expect(rangeText({ ...base, total: undefined })).toBe("1–50 of ");
  });
  it("say the number alone when one page holds all", () => {
    expect(rangeText({ ...base, count: 12, total: 12, isOnly: true })).toBe("12 creators");
    expect(rangeText({ ...base, count: 12, total: undefined, noun: "", isOnly: true })).toBe("12");
  });
});

describe("the arrow keys of tabs", () => {
  const tabs = ["a", "b", "c"] as const;
  it("go round in both directions and jump to the ends", () => {
    expect(nextTab(tabs, "c", "ArrowRight")).toBe("a");
    expect(nextTab(tabs, "a", "ArrowLeft")).toBe("c");
    expect(nextTab(tabs, "b", "Home")).toBe("a");
    expect(nextTab(tabs, "b", "End")).toBe("c");
    expect(nextTab(tabs, "b", "x")).toBeUndefined();
  });
});

describe("the colours of a ladder", () => {
  it("deepen with the rank, and more tiers fill the steps between", () => {
    const colours = (of: number) => Array.from({ length: of }, (_, rank) => ladderColor(rank, of).replace(/\D/g, ""));
    expect(colours(4)).toEqual(["", "3", "5", "7"]);
    expect(colours(6)).toEqual(["", "3", "4", "5", "6", "7"]);
    expect(new Set(colours(6)).size).toBe(6);
  });
});

describe("a sparkline", () => {
  it("lies on the ground where nothing changes, and rises to the top of its picture", () => {
    expect(sparkPoints([5, 5])).toEqual([
      [3, 25],
      [117, 25],
    ]);
    expect(sparkPoints([0, 10]).at(-1)).toEqual([117, 3]);
    expect(sparkPoints([7])).toHaveLength(1);
  });
});
