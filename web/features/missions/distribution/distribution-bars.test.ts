import { describe, expect, it } from "vitest";
import type { DistributionDto } from "../../../../server/progress/distribution/schema.ts";
import { distributionBars, distributionSentence } from "./distribution-bars.ts";

const steps = Array.from({ length: 10 }, (_, from) => ({ from, to: from + 1, running: from, over: 1 }));
const found: DistributionDto = {
  target: "1000",
  steps,
  reached: { running: 2, over: 0 },
  completed: 40,
  total: 97,
};

describe("how far rows are", () => {
  it("has a column for every tenth, for those who have the target, and for the completed; nobody is lost", () => {
    const bars = distributionBars(found);
    expect(bars).toHaveLength(12);
    expect(bars[9]).toMatchObject({ label: "90 to 100 %" });
    const counts = bars.flatMap(({ parts }) => parts.map(({ count }) => count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(found.total);
  });

  it("says the same in a sentence", () => {
    expect(distributionSentence(found)).toBe(
      "40 of 97 are completed; 40 stand at half the target or more. 2 have the target and are not completed yet.",
    );
  });
});
