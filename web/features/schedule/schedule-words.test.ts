import { describe, expect, it } from "vitest";
import { dueText, scheduleWords } from "./schedule-words.ts";

describe("the words of a schedule", () => {
  it("begin a sentence and name the place whose clock counts", () => {
    expect(scheduleWords("every night at 04:00", "America/New_York")).toBe("Every night at 04:00, New York time");
  });

  it("say a due time by that clock, with the year once it is another one", () => {
    const now = new Date("2026-12-31T12:00:00Z");
    expect(dueText(new Date("2026-12-31T23:30:00Z"), "America/New_York", now)).toBe("Thu 31 Dec 18:30");
    expect(dueText(new Date("2027-01-01T09:00:00Z"), "UTC", now)).toBe("Fri 1 Jan 2027 09:00");
  });
});
