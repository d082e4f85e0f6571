import { describe, expect, it } from "vitest";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import type { RunRow } from "../../../server/sync/schema.ts";
import { daySentence, lastEnded, lastWithChanges, openSeeds, runningMissions, runningWords } from "./overview-words.ts";

const run: RunRow = {
  id: "r",
  number: 417,
  source: "schedule",
  status: "succeeded_with_warnings",
  byName: "nightly sync",
  createdAt: new Date("2026-11-22T09:00:00Z"),
  startedAt: new Date("2026-11-22T09:00:00Z"),
  endedAt: new Date("2026-11-22T09:04:12Z"),
  scheduledFor: null,
  fileName: "day.csv",
  importId: "i",
  totals: {
    rows: 1250,
    rejected: 9,
    creatorsCreated: 3,
    promoted: 9,
    demoted: 2,
    seeded: 236,
    woken: 0,
    completed: 31,
    redemptions: 31,
  },
  warnings: 1,
  error: null,
};

const said = (one: RunRow | undefined) =>
  daySentence(one)
    .map((piece) => piece.text)
    .join("");

describe("the sentence of the day", () => {
  it("tells what the last run did", () => {
    expect(said(run)).toBe(
      "Run 417 went through: 9 promoted, 2 demoted, 236 seeded, 31 completed, 31 redemptions made. 9 rows of the file were set aside.",
    );
  });

  it("tells why it failed", () => {
    const error = { code: "timeout", message: "Step 7 (progress) failed: it took too long and was stopped." };
    expect(said({ ...run, status: "failed", error })).toBe(`Run 417 failed. ${error.message}`);
  });

  it("looks past a run that is still on, and says when there was none", () => {
    expect(lastEnded([{ ...run, number: 418, status: "running" }, run])?.number).toBe(417);
    expect(said(lastEnded([]))).toMatch(/^No sync has run yet\./);
  });
});

describe("the run whose changes are shown", () => {
  const nothing = { ...run.totals, creatorsCreated: 0, promoted: 0, demoted: 0, seeded: 0, completed: 0 };

  it("is the newest that did something, also when it failed later on", () => {
    const cancelled = { ...run, number: 419, status: "cancelled", totals: nothing } as const;
    const failed = { ...run, number: 418, status: "failed" } as const;
    expect(lastWithChanges([cancelled, failed, run])?.number).toBe(418);
  });

  it("is the newest at all where none did anything", () => {
    expect(lastWithChanges([{ ...run, status: "failed", totals: nothing }])?.number).toBe(417);
  });
});

describe("what the overview counts", () => {
  const counts = (missionId: string, completed: number, notSeeded: number) =>
    ({ missionId, completed, notSeeded }) as MissionCountsDto;
  const mission = (id: string, missionType: MissionDto["missionType"], state: MissionDto["state"] = "active") =>
    ({ id, missionType, state }) as MissionDto;

  it("adds up the rows not seeded, and the missions they are on", () => {
    expect(openSeeds([counts("a", 0, 212), counts("b", 0, 0), counts("c", 0, 73)])).toEqual({ rows: 285, missions: 2 });
  });

  it("lists running missions by what was completed, and counts draws apart", () => {
    const all = [mission("a", "videos"), mission("b", "views"), mission("c", "raffle"), mission("d", "likes", "draft")];
    const by = new Map([
      ["a", counts("a", 5, 0)],
      ["b", counts("b", 8, 0)],
    ]);
    const running = runningMissions(all, by);
    expect(running.withProgress.map((one) => one.id)).toEqual(["b", "a"]);
    expect(runningWords(running.withProgress.length, running.draws)).toBe("2 with progress, 1 draw");
  });
});
