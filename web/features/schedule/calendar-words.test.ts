import { describe, expect, it } from "vitest";
import type { CalendarDay, CalendarDue } from "../../../server/schedule/schema.ts";
import { calendarSum, changeText, dayText, faceOf, onlyRunOf, weeksOf } from "./calendar-words.ts";

const run = { number: 12, status: "succeeded" as const };
const due = (state: CalendarDue["state"], more: Partial<CalendarDue> = {}): CalendarDue => ({
  dueAt: new Date("2026-11-21T09:00:00Z"),
  state,
  reason: null,
  run: null,
  ...more,
});
const day = (of: string, more: Partial<CalendarDay> = {}): CalendarDay => ({
  day: of,
  clockChange: null,
  dues: [],
  others: [],
  ...more,
});

describe("the calendar", () => {
  it("stands in weeks from Monday to Sunday", () => {
    const days = ["2026-11-21", "2026-11-22", "2026-11-23"].map((one) => day(one));
    const weeks = weeksOf(days);
    expect(
      weeks.map((week) =>
        week
          .map((one) => one?.day.slice(8) ?? "")
          .join(" ")
          .trim(),
      ),
    ).toEqual(["21 22", "23"]);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it("shows of each day the worst, and opens the only run", () => {
    const bad = day("2026-11-21", { dues: [due("ran", { run }), due("missed")] });
    expect(faceOf(bad)).toEqual({ status: "missed", word: "2 due" });
    expect(faceOf(day("2026-11-21", { dues: [due("ran", { run })] }))).toEqual({ status: "done", word: "Run 12" });
    expect(faceOf(day("2026-11-21", { others: [run] }))).toEqual({ status: "done", word: "Run 12" });
    expect(faceOf(day("2026-11-21"))).toBeNull();
    expect(onlyRunOf(bad)).toBe(12);
    expect(onlyRunOf(day("2026-11-21", { dues: [due("ran", { run })], others: [{ ...run, number: 13 }] }))).toBeNull();
  });

  it("is told to readers in words", () => {
    const told = day("2026-11-21", { dues: [due("missed", { run })], clockChange: -30 });
    expect(dayText(told, "America/New_York", "2026-11-26").replaceAll("\u00a0", " ")).toBe(
      "21 Nov: 04:00 missed, run 12 made up for it; the clock goes back 30 min",
    );
    expect(changeText(60)).toBe("the clock goes forward 1 h");
    expect(calendarSum([told, day("2026-11-22", { dues: [due("ran", { run })] })])).toBe("1 as planned, 1 missed");
    expect(calendarSum([day("2026-11-21")])).toBe("nothing was due yet");
    expect(calendarSum([day("2026-11-21", { others: [run, { ...run, number: 13 }] })])).toBe(
      "nothing was due yet; 2 runs besides",
    );
  });
});
