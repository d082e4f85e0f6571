import { describe, expect, it } from "vitest";
import { missionsSentence } from "./missions-sentence.ts";
import type { MissionsFacts } from "./missions-sentence.ts";

function said(facts: MissionsFacts): string {
  return missionsSentence(facts)
    .map((piece) => piece.text)
    .join("");
}

describe("the sentence over the missions", () => {
  it("counts what runs, what sleeps, and what is missing, most first", () => {
    const notSeeded = [
      { name: "Creator Dinner LA", count: 73 },
      { name: "First Five", count: 0 },
      { name: "Gold Sprint", count: 212 },
    ];
    expect(said({ active: 7, asleep: 2, notSeeded, isComplete: true })).toBe(
      "7 missions run; 2 are enabled and asleep. 285 rows are not seeded yet: 212 on Gold Sprint, 73 on Creator Dinner LA.",
    );
  });

  it("says that nothing is missing", () => {
    expect(said({ active: 1, asleep: 0, notSeeded: [{ name: "First Five", count: 0 }], isComplete: true })).toBe(
      "1 mission runs; none is asleep. Everybody who qualifies for an enabled mission is seeded.",
    );
  });

  it("says of whom nobody knows, beside that nothing is missing", () => {
    const facts = { active: 2, asleep: 0, notSeeded: [], isComplete: true };
    expect(said({ ...facts, unjudged: ["Gold Sprint"] })).toMatch(
      / is seeded\. For Gold Sprint nobody can be judged: its tier is not in the ladder\.$/,
    );
    expect(said({ ...facts, unjudged: ["A", "B"] })).toMatch(
      /For 2 missions nobody can be judged: their tiers are not/,
    );
  });

  it("does not repeat the number where only one mission lacks rows", () => {
    const notSeeded = [
      { name: "Holiday Hundred", count: 89 },
      { name: "First Five", count: 0 },
    ];
    expect(said({ active: 6, asleep: 1, notSeeded, isComplete: true })).toBe(
      "6 missions run; 1 is enabled and asleep. 89 rows are not seeded yet, all on Holiday Hundred.",
    );
  });

  it("names three missions and counts the others", () => {
    const notSeeded = [5, 4, 3, 2, 1].map((count) => ({ name: `M${count}`, count }));
    expect(said({ active: 0, asleep: 1, notSeeded, isComplete: false })).toBe(
      "0 missions run; 1 is enabled and asleep. On the missions shown 15 rows are not seeded yet: 5 on M5, 4 on M4, 3 on M3, 3 on 2 others.",
    );
  });
});
