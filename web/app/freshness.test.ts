import { describe, expect, it } from "vitest";
import type { FreshnessDto } from "../../server/access/schema.ts";
import { freshnessOf } from "./freshness.ts";

const NEW_YORK = "America/New_York";
const now = new Date("2026-11-22T15:32:05Z");
const data: FreshnessDto = {
  lastSuccessAt: new Date("2026-11-22T09:04:12Z"),
  lastFileAt: new Date("2026-11-22T09:04:12Z"),
  lastRun: { number: 417, status: "succeeded", endedAt: new Date("2026-11-22T09:04:12Z") },
  runningNumber: null,
  nextDueAt: new Date("2026-11-23T09:00:00Z"),
  scheduleTimezone: NEW_YORK,
  isMissed: false,
};

describe("the freshness chip", () => {
  it("is plain while the data is fresh", () => {
    expect(freshnessOf(data, NEW_YORK, now)).toEqual({
      tone: "fresh",
      text: "Data as of 04:04 (6\u00a0h) · next sync 04:00 New York",
      short: "04:04 (6\u00a0h)",
      runNumber: null,
    });
  });
  it("tells of the run that is on, and leads to it", () => {
    const chip = freshnessOf({ ...data, runningNumber: 418 }, NEW_YORK, now);
    expect(chip).toMatchObject({ tone: "fresh", runNumber: 418 });
    expect(chip.text).toContain("run 418 is running");
  });
  it("turns amber where nights go on without a new file", () => {
    const chip = freshnessOf({ ...data, lastFileAt: new Date("2026-11-19T09:04:00Z") }, NEW_YORK, now);
    expect(chip).toMatchObject({ tone: "stale" });
    expect(chip.text).toContain("no new file since Thu 04:04");
  });
  it("turns amber after 26 hours", () => {
    const chip = freshnessOf({ ...data, lastSuccessAt: new Date("2026-11-21T09:04:00Z") }, NEW_YORK, now);
    expect(chip.tone).toBe("stale");
    expect(chip.text).toContain("Data as of Sat 04:04 (30\u00a0h)");
  });
  it("turns amber when the last run failed", () => {
    const lastRun = { number: 409, status: "failed", endedAt: now };
    expect(freshnessOf({ ...data, lastRun }, NEW_YORK, now)).toMatchObject({ tone: "stale", runNumber: 409 });
  });
  it("turns red when a run was missed", () => {
    const chip = freshnessOf({ ...data, isMissed: true, nextDueAt: new Date("2026-11-22T09:00:00Z") }, NEW_YORK, now);
    expect(chip.tone).toBe("missed");
    expect(chip.text).toContain("the 04:00 sync was missed");
  });
  it("says so before the first run", () => {
    const chip = freshnessOf({ ...data, lastSuccessAt: null, lastRun: null }, NEW_YORK, now);
    expect(chip).toMatchObject({ tone: "stale", short: "No sync yet" });
  });
});
