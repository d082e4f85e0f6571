import { describe, expect, it } from "vitest";
import {
  dayOf,
  daysBetween,
  formatAge,
  formatClock,
  formatDay,
  formatDuration,
  formatRelative,
  formatTime,
  formatUtc,
  formatWeekday,
  formatWhen,
  formatWindow,
  timezoneName,
  windowEnds,
} from "./dates.ts";

const NEW_YORK = "America/New_York";
const now = new Date("2026-11-22T15:32:05Z");
const today = "2026-11-22";

describe("days", () => {
  it("belong to the client's timezone, not the reader's", () => {
    const lateEvening = new Date("2026-11-22T03:30:00Z");
    expect(dayOf(lateEvening, NEW_YORK)).toBe("2026-11-21");
    expect(dayOf(lateEvening, "UTC")).toBe("2026-11-22");
    expect(dayOf(lateEvening, "Pacific/Auckland")).toBe("2026-11-22");
  });
  it("drop the year inside the current one", () => {
    expect(formatDay("2026-11-22", today)).toBe("22 Nov");
    expect(formatDay("2025-08-02", today)).toBe("2 Aug 2025");
  });
  it("are counted over a clock change", () => {
    expect(daysBetween("2026-10-31", "2026-11-02")).toBe(2);
    expect(daysBetween("2026-11-22", "2026-11-20")).toBe(-2);
  });
});

describe("windows", () => {
  it("say the year of each end, once where it is the same", () => {
    expect(formatWindow({ start: "2026-08-14", end: "2026-12-14" })).toBe("14 Aug to 14 Dec 2026");
    expect(formatWindow({ start: "2026-09-06", end: "2027-01-06" })).toBe("6 Sep 2026 to 6 Jan 2027");
    expect(formatWindow({ start: "2025-12-01", end: "2026-04-01" })).toBe("1 Dec 2025 to 1 Apr 2026");
    expect(formatWindow({ start: "2025-01-01", end: "2025-05-01" })).toBe("1 Jan to 1 May 2025");
  });
  it("may be open on either side", () => {
    expect(formatWindow({ start: "2026-08-14", end: null })).toBe("from 14 Aug 2026");
    expect(formatWindow({ start: null, end: "2026-12-14" })).toBe("until 14 Dec 2026");
    expect(formatWindow({ start: null, end: null })).toBe("any time");
    expect(windowEnds({ start: null, end: "2026-12-14" })).toEqual({ start: null, end: "14 Dec 2026" });
  });
});

describe("times", () => {
  const instant = new Date("2026-11-22T09:04:12Z");
  it("are the client's, with UTC for the title", () => {
    expect(formatTime(instant, NEW_YORK)).toBe("04:04");
    expect(formatTime(instant, NEW_YORK, "seconds")).toBe("04:04:12");
    expect(formatUtc(instant)).toBe("22 Nov 2026, 09:04:12 UTC");
  });
  it("write midnight as 00:00", () => {
    expect(formatTime(new Date("2026-11-22T05:00:00Z"), NEW_YORK)).toBe("00:00");
  });
  it("name the day unless it is today", () => {
    expect(formatWhen(instant, NEW_YORK, now)).toBe("04:04");
    expect(formatWhen(new Date("2026-11-21T09:04:00Z"), NEW_YORK, now)).toBe("21 Nov 04:04");
    expect(formatWhen(new Date("2025-11-21T09:04:00Z"), NEW_YORK, now)).toBe("21 Nov 2025 04:04");
  });
  it("give a day its long name", () => {
    expect(formatWeekday(now, NEW_YORK)).toBe("Sunday, 22 November");
  });
  it("name the place of a timezone", () => {
    expect(timezoneName(NEW_YORK)).toBe("New York");
    expect(timezoneName("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
    expect(timezoneName("UTC")).toBe("UTC");
  });
});

describe("ages and durations", () => {
  const minute = 60_000;
  const hour = 60 * minute;
  it("speak in the largest sensible unit", () => {
    expect(formatAge(40_500)).toBe("40\u00a0s");
    expect(formatAge(6 * hour + 59 * minute)).toBe("6\u00a0h");
    expect(formatAge(30 * hour)).toBe("30\u00a0h");
    expect(formatAge(72 * hour)).toBe("3\u00a0days");
  });
  it("know before from after", () => {
    expect(formatRelative(new Date(now.getTime() - 6 * hour), now)).toBe("6\u00a0h ago");
    expect(formatRelative(new Date(now.getTime() + 20 * hour), now)).toBe("in 20\u00a0h");
    expect(formatRelative(now, now)).toBe("now");
  });
  it("tell how long something took", () => {
    expect(formatDuration(4210)).toBe("4.2\u00a0s");
    expect(formatDuration(60)).toBe("0.0\u00a0s");
    expect(formatDuration(4 * minute + 12_000)).toBe("4\u00a0min 12\u00a0s");
    expect(formatDuration(hour + 3 * minute)).toBe("1\u00a0h 3\u00a0min");
  });
  it("run as a clock", () => {
    expect(formatClock(10_400)).toBe("0:10.4");
    expect(formatClock(725_000)).toBe("12:05.0");
    expect(formatClock(-50)).toBe("0:00.0");
  });
});
