import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../base/days.ts";
import { calendarOf } from "./calendar-rules.ts";
import { clockChanges } from "./clock-rules.ts";
import type { ScheduleVersion } from "./due-rules.ts";
import { dueTimes, settle, unclaimed } from "./due-rules.ts";
import { occurrences, refuseUnusable } from "./rules.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const at = (text: string) => new Date(`${text}Z`);

function version(validFrom: string, more: Partial<ScheduleVersion> = {}): ScheduleVersion {
  const usual = { cron: "0 4 * * *", timezone: "UTC", enabled: true, pausedUntil: null, pauseReason: null };
  return { validFrom: at(validFrom), ...usual, ...more };
}

/** Spans that hold both changes of a zone's clock; São Paulo's are history. */
const zones: [zone: string, from: string, to: string][] = [
  ["America/New_York", "2026-02-25T00:00", "2026-11-10T00:00"],
  ["America/Sao_Paulo", "2018-10-25T00:00", "2019-02-25T00:00"],
  ["Europe/London", "2026-03-20T00:00", "2026-11-05T00:00"],
  ["Asia/Kathmandu", "1985-12-25T00:00", "1986-01-10T00:00"],
  ["Australia/Lord_Howe", "2026-03-25T00:00", "2026-10-15T00:00"],
];

describe("a daily schedule", () => {
  it.each(zones)("in %s is due exactly once on every local day, whatever the minute", (zone, from, to) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const days = occurrences(`${minute} ${hour} * * *`, zone, at(from), at(to)).map((due) => dayOf(due, zone));
        expect(days).toEqual([...new Set(days)]);
        // The first and the last day may lie in part outside of the span.
        const first = Date.parse(days[0]!);
        expect(days).toEqual(days.map((_, index) => new Date(first + index * DAY).toISOString().slice(0, 10)));
        expect(days.length).toBeGreaterThanOrEqual(Math.floor((at(to).getTime() - at(from).getTime()) / DAY) - 1);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the changes of a clock", () => {
  it.each([
    ["America/New_York", "2026-01-01", "2026-12-31", ["2026-03-08 60", "2026-11-01 -60"]],
    ["America/Sao_Paulo", "2018-10-01", "2019-03-01", ["2018-11-04 60", "2019-02-16 -60"]],
    ["America/Sao_Paulo", "2026-01-01", "2026-12-31", []],
    ["Europe/London", "2026-01-01", "2026-12-31", ["2026-03-29 60", "2026-10-25 -60"]],
    ["Asia/Kathmandu", "1985-12-01", "1986-02-01", ["1986-01-01 15"]],
    ["Australia/Lord_Howe", "2026-01-01", "2026-12-31", ["2026-04-05 -30", "2026-10-04 30"]],
    ["UTC", "2026-01-01", "2026-12-31", []],
  ])("of %s between %s and %s are told by day and minutes", (zone, from, to, expected) => {
    const changes = clockChanges(zone, at(`${from}T12:00`), at(`${to}T12:00`));
    expect(changes.map(({ day, minutes }) => `${day} ${minutes}`)).toEqual(expected);
  });
});

describe("past due times", () => {
  it("are judged by the schedule of their day", () => {
    const versions = [
      version("2026-01-01T12:00"),
      version("2026-01-03T12:00", { cron: "30 5 * * *" }),
      version("2026-01-05T12:00", { enabled: false }),
      version("2026-01-07T12:00", { timezone: "Asia/Kathmandu" }),
    ];
    const dues = dueTimes(versions, at("2025-12-01T00:00"), at("2026-01-09T00:00"));
    expect(dues.map((due) => due.dueAt.toISOString().slice(0, 16))).toEqual([
      "2026-01-02T04:00",
      "2026-01-03T04:00",
      "2026-01-04T05:30",
      "2026-01-05T05:30",
      "2026-01-07T22:15",
      "2026-01-08T22:15",
    ]);
  });

  it("that fall into a pause say so, and are due again from its end on", () => {
    const versions = [
      version("2026-01-01T00:00"),
      version("2026-01-02T12:00", { pauseReason: "Stocktaking", pausedUntil: at("2026-01-05T04:00") }),
    ];
    const dues = dueTimes(versions, at("2026-01-01T12:00"), at("2026-01-06T00:00"));
    expect(dues.map((due) => due.pauseReason)).toEqual([null, "Stocktaking", "Stocktaking", null]);
  });

  it("begin with the claimed one, though no schedule has it", () => {
    const dues = unclaimed([version("2026-01-01T00:00")], at("2026-01-02T03:33"), at("2026-01-03T05:00"));
    expect(dues.map((due) => due.dueAt.toISOString().slice(8, 16))).toEqual(["02T03:33", "02T04:00", "03T04:00"]);
  });
});

describe("settling", () => {
  const due = (text: string, pauseReason: string | null = null) => ({ dueAt: at(text), pauseReason });
  const [one, two, three] = [due("2026-01-01T04:00"), due("2026-01-02T04:00"), due("2026-01-03T04:00")];

  it("runs the one that has just come, and makes up for what was missed before by it", () => {
    expect(settle([one, two, three], "run", at("2026-01-03T04:01"))).toEqual({
      run: three,
      missed: [one, two],
      paused: [],
    });
    expect(settle([three], "skip", at("2026-01-03T04:05"))).toEqual({ run: three, missed: [], paused: [] });
  });

  it("makes up by one run in the place of the oldest, or leaves all out, as the schedule says", () => {
    const later = at("2026-01-03T15:00");
    expect(settle([one, two, three], "run", later)).toEqual({ run: one, missed: [two, three], paused: [] });
    expect(settle([one, two, three], "skip", later)).toEqual({ run: null, missed: [one, two, three], paused: [] });
  });

  it("never runs what fell into a pause", () => {
    const paused = due("2026-01-01T04:00", "Stocktaking");
    expect(settle([paused, two], "run", at("2026-01-02T09:00"))).toEqual({ run: two, missed: [], paused: [paused] });
    expect(settle([paused], "run", at("2026-01-01T04:00"))).toEqual({ run: null, missed: [], paused: [paused] });
  });
});

describe("the calendar", () => {
  const run = { number: 7, status: "succeeded" as const };
  const span = { first: "2026-03-07" as never, last: "2026-03-10" as never, timezone: "America/New_York" };

  it("tells by day what ran, what was late, left out or missed, and what ran besides", () => {
    const days = calendarOf(
      {
        dues: ["2026-03-07T09:00", "2026-03-08T08:00", "2026-03-09T08:00", "2026-03-10T08:00"].map((text) => ({
          dueAt: at(text),
          pauseReason: null,
        })),
        runs: [
          { ...run, scheduledFor: at("2026-03-07T09:00"), createdAt: at("2026-03-07T09:00") },
          { number: 8, status: "failed", scheduledFor: at("2026-03-08T08:00"), createdAt: at("2026-03-08T12:00") },
          { number: 9, status: "succeeded", scheduledFor: null, createdAt: at("2026-03-08T13:00") },
        ],
        skips: [{ dueAt: at("2026-03-09T08:00"), code: "held", reason: "Sync 9 is held.", run }],
        changes: clockChanges("America/New_York", at("2026-03-01T00:00"), at("2026-03-12T00:00")),
      },
      { ...span, now: at("2026-03-10T08:03") },
    );
    expect(days.map(({ day, clockChange, dues, others }) => [day, clockChange, dues[0]?.state, others.length])).toEqual(
      [
        ["2026-03-07", null, "ran", 0],
        ["2026-03-08", 60, "late", 1],
        ["2026-03-09", null, "held", 0],
        ["2026-03-10", null, "waiting", 0],
      ],
    );
  });

  it("calls missed what has neither a run nor a reason five minutes later", () => {
    const dues = [{ dueAt: at("2026-03-10T08:00"), pauseReason: null }];
    const now = at("2026-03-10T08:06");
    const days = calendarOf({ dues, runs: [], skips: [], changes: [] }, { ...span, now });
    expect(days.at(-1)!.dues).toEqual([{ dueAt: dues[0]!.dueAt, state: "missed", reason: null, run: null }]);
  });
});

describe("an expression", () => {
  it.each([
    ["* * * * *", /every 15 minutes at most/],
    ["0,10 4 * * *", /every 15 minutes at most/],
    ["0 4 30 2 *", /never due/],
    ["four", /is not a schedule/],
  ])("%s is refused in words", (cron, words) => {
    expect(() => refuseUnusable(cron, at("2026-01-01T00:00"))).toThrow(words);
  });

  it.each(["*/15 * * * *", "0 4 * * *", "0 4 29 2 *", "0 4 * * 1-5"])("%s is taken", (cron) => {
    expect(() => refuseUnusable(cron, at("2026-01-01T00:00"))).not.toThrow();
  });
});
