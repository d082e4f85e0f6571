import { describe, expect, it } from "vitest";
import { cronWords, nextOccurrences, occurrences } from "./rules.ts";

function due(cron: string, timezone: string, from: string, to: string): string[] {
  return occurrences(cron, timezone, new Date(from), new Date(to)).map((instant) =>
    instant.toISOString().replace(":00.000Z", "Z"),
  );
}

describe("a night without a clock change", () => {
  it("is due at the local time", () => {
    expect(due("0 4 * * *", "America/New_York", "2026-11-20T00:00Z", "2026-11-22T12:00Z")).toEqual([
      "2026-11-20T09:00Z",
      "2026-11-21T09:00Z",
      "2026-11-22T09:00Z",
    ]);
  });

  it("counts the end of the span in and its start out, so that spans follow each other", () => {
    expect(due("0 4 * * *", "UTC", "2026-11-20T04:00Z", "2026-11-21T04:00Z")).toEqual(["2026-11-21T04:00Z"]);
    expect(due("0 4 * * *", "UTC", "2026-11-20T03:59Z", "2026-11-20T04:00Z")).toEqual(["2026-11-20T04:00Z"]);
  });

  it("knows zones that are not whole hours from UTC", () => {
    expect(due("0 4 * * *", "Asia/Kathmandu", "2026-11-20T00:00Z", "2026-11-21T00:00Z")).toEqual(["2026-11-20T22:15Z"]);
  });

  it("keeps the local time over the half year", () => {
    expect(due("0 4 15 1,7 *", "Europe/London", "2026-01-01T00:00Z", "2026-12-31T00:00Z")).toEqual([
      "2026-01-15T04:00Z",
      "2026-07-15T03:00Z",
    ]);
  });
});

describe("a local time that a clock change skips", () => {
  const skipped: [string, string, string, string, string][] = [
    // zone, wall time, day before, day after, the first instant after the change
    ["America/New_York", "30 2 * * *", "2026-03-08T00:00Z", "2026-03-08T23:00Z", "2026-03-08T07:00Z"],
    ["America/New_York", "0 2 * * *", "2026-03-08T00:00Z", "2026-03-08T23:00Z", "2026-03-08T07:00Z"],
    ["Europe/London", "15 1 * * *", "2026-03-29T00:00Z", "2026-03-29T23:00Z", "2026-03-29T01:00Z"],
    ["America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00Z", "2018-11-04T23:00Z", "2018-11-04T03:00Z"],
    ["America/Sao_Paulo", "45 0 * * *", "2018-11-03T12:00Z", "2018-11-04T23:00Z", "2018-11-04T03:00Z"],
    ["Australia/Lord_Howe", "10 2 * * *", "2026-10-03T00:00Z", "2026-10-04T00:00Z", "2026-10-03T15:30Z"],
  ];
  it.each(skipped)("in %s at %s runs at the next that exists", (timezone, cron, from, to, expected) => {
    expect(due(cron, timezone, from, to)).toEqual([expected]);
  });

  it("runs once when the next that exists is due itself", () => {
    expect(due("0,30 2,3 * * *", "America/New_York", "2026-03-08T05:00Z", "2026-03-08T12:00Z")).toEqual([
      "2026-03-08T07:00Z",
      "2026-03-08T07:30Z",
    ]);
    expect(due("0 * * * *", "America/New_York", "2026-03-08T05:30Z", "2026-03-08T08:30Z")).toEqual([
      "2026-03-08T06:00Z",
      "2026-03-08T07:00Z",
      "2026-03-08T08:00Z",
    ]);
  });

  it("runs at the start of the next day where the calendar skips a whole one", () => {
    expect(due("0 4 * * *", "Pacific/Apia", "2011-12-29T00:00Z", "2011-12-31T00:00Z")).toEqual([
      "2011-12-29T14:00Z",
      "2011-12-30T10:00Z",
      "2011-12-30T14:00Z",
    ]);
  });

  it("is found also when the span starts inside the change", () => {
    expect(due("30 2 * * *", "America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T23:00Z")).toEqual([
      "2026-03-08T07:00Z",
    ]);
    expect(due("30 2 * * *", "America/New_York", "2026-03-08T07:00Z", "2026-03-08T23:00Z")).toEqual([]);
  });
});

describe("a local time that occurs twice", () => {
  const doubled: [string, string, string, string, string][] = [
    ["America/New_York", "30 1 * * *", "2026-11-01T00:00Z", "2026-11-01T23:00Z", "2026-11-01T05:30Z"],
    ["Europe/London", "30 1 * * *", "2026-10-25T00:00Z", "2026-10-25T23:00Z", "2026-10-25T00:30Z"],
    ["America/Sao_Paulo", "30 23 * * *", "2019-02-16T12:00Z", "2019-02-17T12:00Z", "2019-02-17T01:30Z"],
    ["Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00Z", "2026-04-05T00:00Z", "2026-04-04T14:45Z"],
  ];
  it.each(doubled)("in %s at %s runs the first time only", (timezone, cron, from, to, expected) => {
    expect(due(cron, timezone, from, to)).toEqual([expected]);
  });

  it("does not run again when the span starts between the two", () => {
    expect(due("30 1 * * *", "America/New_York", "2026-11-01T05:30Z", "2026-11-01T23:00Z")).toEqual([]);
    expect(due("30 1 * * *", "America/New_York", "2026-11-01T06:10Z", "2026-11-01T23:00Z")).toEqual([]);
  });

  it("runs the hours that follow as ever", () => {
    expect(due("0 * * * *", "America/New_York", "2026-11-01T04:30Z", "2026-11-01T08:30Z")).toEqual([
      "2026-11-01T05:00Z",
      "2026-11-01T07:00Z",
      "2026-11-01T08:00Z",
    ]);
  });
});

describe("the next due times", () => {
  it("cross a clock change", () => {
    const next = nextOccurrences("0 4 * * *", "America/New_York", new Date("2026-10-30T12:00:00Z"), 3);
    expect(next.map((instant) => instant.toISOString())).toEqual([
      "2026-10-31T08:00:00.000Z",
      "2026-11-01T09:00:00.000Z",
      "2026-11-02T09:00:00.000Z",
    ]);
  });

  it("are none for a day that never comes", () => {
    expect(nextOccurrences("0 4 30 2 *", "UTC", new Date("2026-01-01T00:00:00Z"), 5)).toEqual([]);
  });

  it("are refused in words for what is no schedule", () => {
    expect(() => nextOccurrences("at four", "UTC", new Date(), 1)).toThrow(/is not a schedule/);
    expect(() => nextOccurrences("0 0 4 * * *", "UTC", new Date(), 1)).toThrow(/is not a schedule/);
  });
});

describe("a schedule in words", () => {
  it.each([
    ["0 4 * * *", "every night at 04:00"],
    ["30 14 * * *", "every day at 14:30"],
    ["0 * * * *", "every hour"],
    ["15 * * * *", "every hour at 15 minutes past"],
    ["*/15 * * * *", "every 15 minutes"],
    ["0 */6 * * *", "every 6 hours"],
    ["0 4 * * 1-5", "Monday to Friday at 04:00"],
    ["0 4 * * 0", "every Sunday at 04:00"],
    ["0 4 1 * *", "on day 1 of every month at 04:00"],
    ["0 4 1 1 *", "on the schedule 0 4 1 1 *"],
  ])("%s is %s", (cron, words) => {
    expect(cronWords(cron)).toBe(words);
  });
});
