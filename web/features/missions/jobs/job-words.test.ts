import { describe, expect, it } from "vitest";
import { jobResult, jobTitle, waitingText, workingText } from "./job-words.ts";

const outcome = { created: 240_000, alreadySeeded: 3, notEligible: 1, unknown: 0, woken: null, replaced: null };

describe("the words of a large seeding", () => {
  it("name what it does", () => {
    expect(jobTitle({ kind: "run", name: "all missions" })).toBe("Seed all missions");
    expect(jobTitle({ kind: "plan", name: "A, B, C, D" })).toBe("Seed A, B, C, D");
    expect(jobTitle({ kind: "run", name: Array(200).fill("Push for 50").join(", ") })).toMatch(
      /^Seed (?:Push for 50, ){5,8}…$/,
    );
    expect(jobTitle({ kind: "activation", name: "Push" })).toBe("Activate Push");
  });

  it("tell what came of it beside what was asked for", () => {
    expect(jobResult({ pairs: 240_001, planId: null }, outcome)).toBe("Created 240,000 rows (counted were 240,001).");
    expect(jobResult({ pairs: 5, planId: null }, { ...outcome, created: 0 })).toBe("0 created, 3 already there.");
    expect(jobResult({ pairs: 240_000, planId: "a plan" }, { ...outcome, woken: 12, replaced: 1 })).toBe(
      "Created 240,000 rows (the plan said 240,000). Also woke 12 rows and replaced 1 row that were over.",
    );
  });

  it("say why it waits, and whether it was taken up again", () => {
    const createdAt = new Date(0);
    const [soon, late] = [new Date(1_000), new Date(90_000)];
    expect(waitingText({ waitsForRun: 12, attempts: 0, createdAt }, late)).toContain("when run 12 has ended");
    expect(waitingText({ waitsForRun: null, attempts: 1, createdAt }, late)).toContain("left nothing behind");
    expect(waitingText({ waitsForRun: null, attempts: 0, createdAt }, soon)).toBe("A worker takes it in a moment.");
    expect(waitingText({ waitsForRun: null, attempts: 0, createdAt }, late)).toContain("No worker has taken it so far");
    expect(workingText({ attempts: 1 })).not.toContain("Attempt");
    expect(workingText({ attempts: 2 })).toContain("Attempt 2");
  });
});
