import { describe, expect, it } from "vitest";
import { insteadOfCounts } from "./uncounted-words.ts";

const none = { eligible: 0, seeded: 0 };

describe("in place of the counts of a mission", () => {
  it.each([
    ["a draft", { enabled: false, isTierKnown: true }, none, "counts once enabled"],
    ["a draft whose counts come", { enabled: false, isTierKnown: true }, undefined, "counts once enabled"],
    ["a draft with rows", { enabled: false, isTierKnown: true }, { eligible: 0, seeded: 3 }, undefined],
    [
      "a tier that the ladder does not have",
      { enabled: true, isTierKnown: false },
      none,
      "cannot be judged: tier not in the ladder",
    ],
    ["such a tier, with rows of before", { enabled: true, isTierKnown: false }, { eligible: 0, seeded: 3 }, undefined],
    ["nobody who qualifies", { enabled: true, isTierKnown: true }, none, undefined],
    ["what could not be counted", { enabled: true, isTierKnown: false }, "failed", undefined],
  ] as const)("%s", (_, mission, counts, words) => {
    expect(insteadOfCounts(mission, counts)).toBe(words);
  });
});
