import { describe, expect, it } from "vitest";
import type { LintDto, LintFinding } from "../../../server/seeding/lint/schema.ts";
import { lightWord, lintTitle } from "./lint-words.ts";

const red: LintFinding = { code: "target_reached", level: "red", sentence: "95 of 100 have reached it." };
const amber: LintFinding = { code: "twin", level: "amber", sentence: "Gold Rush has the same place." };

describe("the light beside the button", () => {
  it.each<[LintDto, string, string]>([
    [{ light: "green", findings: [] }, "Ready", "Nothing speaks against activating it"],
    [{ light: "amber", findings: [amber] }, "1 warning", "1 warning before activating"],
    [{ light: "amber", findings: [amber, amber] }, "2 warnings", "2 warnings before activating"],
    [{ light: "red", findings: [red] }, "1 problem", "1 problem before activating"],
    [{ light: "red", findings: [red, red, amber] }, "2 problems", "2 problems, 1 warning before activating"],
  ])("says what %j comes to", (lint, word, title) => {
    expect(lightWord(lint)).toBe(word);
    expect(lintTitle(lint)).toBe(title);
  });
});
