import { describe, expect, it } from "vitest";
import type { RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { startRun } from "../sync/service.ts";
import { runSync } from "../sync/runner.ts";
import { pipeline } from "../sync/steps.ts";
import { aClient, aCreator, aMission, aReward, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { runnerDeps } from "../testing/runs.ts";
import { announceDigests } from "./service.ts";

const db = testDatabase();
/** 04:00 in New York. */
const night = new Date("2026-11-22T09:00:00Z");
const log = createLog({ level: "silent" });

/** A programme in which the night promotes @ada, who completes a mission and earns its reward. */
async function aProgramme() {
  const client = await aClient(db);
  const rewardId = await aReward(db, client);
  await aMission(db, client, { rewardId, missionType: "videos", targetValue: 1, enabled: true, activated: true });
  const user = await aCreator(db, client, { handle: "ada" });
  await aVideo(db, client, user, { gmv: 1500, postDate: "2026-11-22" });
  const owner = await callerAs(db, "owner", client, { now: new Date("2026-11-21T18:00:00Z") });
  return { client, owner };
}

async function runNight(client: Awaited<ReturnType<typeof aClient>>, at = night): Promise<void> {
  const job = { kind: "job" as const, name: "nightly schedule", clientId: client };
  const started = await inClient(db, client, (tx) =>
    startRun(tx, job, client, { inbox: false, now: at, scheduledFor: at }),
  );
  if (started.kind !== "started") throw new Error(started.kind);
  await runSync(db, runnerDeps({ steps: pipeline, now: () => at }), client, started.runId as RunId);
}

async function toldTo(client: string) {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ data: { title: string; lines: string[] } }>(sql`
      select data from notification_events where client_id = ${client}::uuid and type = 'digest' order by at`),
  );
  return rows.map((row) => row.data);
}

describe("a digest", () => {
  it("names what a night changed, on the day of the client on which it ended", async () => {
    const { client, owner } = await aProgramme();
    await runNight(client);
    const digest = await owner.digest.get({ clientId: client, day: "2026-11-22" });
    expect(digest.title).toBe("22 Nov 2026: 1 promoted, 1 row seeded, 1 completed, 1 redemption");
    expect(digest.runs).toHaveLength(1);
    const [run] = digest.runs;
    expect(run!.named.promoted).toMatchObject([{ handle: "ada", tierBefore: "Bronze", tierAfter: "Silver" }]);
    expect(run!.named.completed.map(({ handle }) => handle)).toEqual(["ada"]);
    expect(run!.seeded.map(({ count }) => count)).toEqual([1]);
    const before = await owner.digest.get({ clientId: client, day: "2026-11-21" });
    expect(before).toMatchObject({ title: "21 Nov 2026: no sync ended", runs: [] });
  });

  it("is sent once after a scheduled run, whoever looks, with the names", async () => {
    const { client, owner } = await aProgramme();
    const channel = { kind: "slack", name: "Team", target: "https://hooks.example.com/x", events: ["digest"] } as const;
    await owner.notifications.create({ clientId: client, ...channel, events: [...channel.events] });
    await owner.digest.saveSettings({ clientId: client, mode: "after_run", hour: 7 });
    await announceDigests(db, { now: () => night, log });
    expect(await toldTo(client)).toEqual([]);
    await runNight(client);
    const after = { now: () => new Date(night.getTime() + 60_000), log };
    await Promise.all([1, 2, 3].map(() => announceDigests(db, after)));
    const [told, ...more] = await toldTo(client);
    expect(more).toEqual([]);
    expect(told!.title).toContain("1 promoted");
    expect(told!.lines).toEqual([
      "Run 1: done.",
      "Promoted (1): @ada (Bronze to Silver)",
      expect.stringMatching(/^Completed \(1\): @ada/) as string,
      expect.stringMatching(/^Redemptions \(1\): @ada/) as string,
      expect.stringMatching(/^Seeded \(1\): /) as string,
    ]);
  });

  it("tells a run that failed, and tells it again when it was tried again and succeeded", async () => {
    const { client, owner } = await aProgramme();
    const channel = { kind: "slack" as const, name: "Team", target: "https://hooks.example.com/x" };
    await owner.notifications.create({ clientId: client, ...channel, events: ["digest"] });
    await owner.digest.saveSettings({ clientId: client, mode: "at_hour", hour: 7 });
    await runNight(client);
    const ended = (status: string, at: string, code: string | null) =>
      asOwner(db, async (owns) => {
        // An ended run stays as it is; what the retrying of one writes is the sync's own test.
        await owns.execute(sql`alter table sync_runs disable trigger sync_runs_ended_is_final`);
        await owns.execute(sql`
          update sync_runs set status = ${status}, ended_at = ${at}::timestamptz, error_code = ${code}, error_message = ${code}
          where client_id = ${client}::uuid`);
        await owns.execute(sql`alter table sync_runs enable trigger sync_runs_ended_is_final`);
      });
    await ended("failed", "2026-11-22T09:10:00Z", "unexpected");
    await announceDigests(db, { now: () => new Date("2026-11-22T12:00:00Z"), log });
    await ended("succeeded", "2026-11-22T14:00:00Z", null);
    await announceDigests(db, { now: () => new Date("2026-11-23T12:00:00Z"), log });
    await announceDigests(db, { now: () => new Date("2026-11-24T12:00:00Z"), log });
    const lines = (await toldTo(client)).map((told) => told.lines.join(" "));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/Run 1: unexpected/);
    expect(lines[1]).toMatch(/Run 1: done/);
    expect(lines[2]).not.toMatch(/Run 1/);
  });

  it("is sent from its hour of the client's day on, once a day, also when nothing ran", async () => {
    const { client, owner } = await aProgramme();
    const channel = { kind: "slack" as const, name: "Team", target: "https://hooks.example.com/x" };
    await owner.notifications.create({ clientId: client, ...channel, events: ["digest"] });
    // 13:00 in New York: today's hour is over.
    await owner.digest.saveSettings({ clientId: client, mode: "at_hour", hour: 7 });
    const at = (text: string) => announceDigests(db, { now: () => new Date(text), log });
    await at("2026-11-21T18:00:00Z");
    await at("2026-11-22T11:59:00Z");
    expect(await toldTo(client)).toEqual([]);
    await at("2026-11-22T12:00:00Z");
    await at("2026-11-22T15:00:00Z");
    await at("2026-11-23T12:00:00Z");
    expect((await toldTo(client)).map(({ title }) => title)).toEqual([
      "22 Nov 2026: no sync ended",
      "23 Nov 2026: no sync ended",
    ]);
    expect(await owner.digest.settings({ clientId: client })).toEqual({ mode: "at_hour", hour: 7 });
  });
});
