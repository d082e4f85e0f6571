/** What is kept of the checks: since when, what changed since a sync, what could not be made, and what nobody wants to hear of. */
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import { lookAfterRuns } from "../sync/attempts/watch.ts";
import { runSync } from "../sync/runner.ts";
import { pipeline } from "../sync/steps.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, auditOf, markingSteps, runnerDeps } from "../testing/runs.ts";
import type { Check } from "./check.ts";
import { allChecks, checkOf } from "./checks.ts";
import { checkAfterRun, makeChecks, readHealth } from "./service.ts";

const db = testDatabase();
const log = createLog({ level: "silent" });
const day = (number: number) => new Date(`2026-11-${String(number).padStart(2, "0")}T15:00:00Z`);
const UNKNOWN = "creators_unknown_tier";

async function unknownTier(client: ClientId, now: Date) {
  const { checks } = await readHealth(db, client, { now, log });
  return checks.find(({ code }) => code === UNKNOWN)!;
}

const after = (client: ClientId, run: number, at: Date) => checkAfterRun(db, client, { now: () => at, log, run });
const lost = (client: ClientId, handle: string) => aCreator(db, client, { handle, tier: "legendary" });

function setTier(client: ClientId, tier: string) {
  return asOwner(db, (owner) =>
    owner.execute(sql`update users set current_tier = ${tier} where client_id = ${client}::uuid`),
  );
}

describe("a finding", () => {
  it("knows since when it stands, until it is gone and comes again", async () => {
    const client = await aClient(db);
    await lost(client, "anna");
    await after(client, 1, day(1));
    await lost(client, "berta");
    await after(client, 2, day(2));
    expect(await unknownTier(client, day(2))).toMatchObject({ count: 2, firstSeenAt: day(1), madeAt: day(2) });
    await setTier(client, "tier_1");
    await after(client, 3, day(3));
    expect(await unknownTier(client, day(3))).toMatchObject({ count: 0, firstSeenAt: null, sample: [] });
    await setTier(client, "mythical");
    await after(client, 4, day(4));
    expect(await unknownTier(client, day(4))).toMatchObject({ count: 2, firstSeenAt: day(4) });
  });

  it("says what changed since the sync before, and made on demand since the last one", async () => {
    const client = await aClient(db);
    await after(client, 1, day(1));
    expect(await unknownTier(client, day(1))).toMatchObject({ change: null });
    await lost(client, "anna");
    await after(client, 2, day(2));
    expect(await unknownTier(client, day(2))).toMatchObject({ change: { by: 1, sinceRun: 1 } });
    await lost(client, "berta");
    await lost(client, "carla");
    const viewer = await callerAs(db, "viewer", client, { now: day(3) });
    await viewer.health.checkNow({ clientId: client });
    expect(await unknownTier(client, day(3))).toMatchObject({ count: 3, change: { by: 2, sinceRun: 2 } });
    await setTier(client, "tier_1");
    await after(client, 3, day(4));
    expect(await unknownTier(client, day(4))).toMatchObject({ count: 0, change: { by: -1, sinceRun: 2 } });
  });

  it("is compared with the same sync when a sync's checks are made twice", async () => {
    const client = await aClient(db);
    await after(client, 1, day(1));
    await lost(client, "anna");
    await after(client, 2, day(2));
    await after(client, 2, day(2));
    expect(await unknownTier(client, day(2))).toMatchObject({ change: { by: 1, sinceRun: 1 } });
  });
});

describe("the page", () => {
  it("reads what was kept and makes only what was never tried", async () => {
    const client = await aClient(db);
    const viewer = await callerAs(db, "viewer", client, { now: day(1) });
    const first = await viewer.health.checks({ clientId: client });
    expect(first.checks.map(({ code }) => code)).toEqual(allChecks.map(({ code }) => code));
    expect(first.computedAt).toEqual(day(1));
    await lost(client, "anna");
    const later = await callerAs(db, "viewer", client, { now: day(2) });
    const withoutClock = ({ checks }: typeof first) => checks.filter(({ code }) => code !== "no_sync_for_26_hours");
    expect(withoutClock(await later.health.checks({ clientId: client }))).toEqual(withoutClock(first));
    await asOwner(db, (owner) =>
      owner.execute(sql`delete from health_findings where client_id = ${client}::uuid and code = ${UNKNOWN}`),
    );
    expect(await unknownTier(client, day(2))).toMatchObject({ count: 1, madeAt: day(2) });
  });

  it("finds that no sync succeeded for 26 hours though no run is there to make the check", async () => {
    const client = await aClient(db);
    const deps = runnerDeps({ now: () => day(23), afterRun: checkAfterRun });
    expect(await runSync(db, deps, client, await aRun(db, client))).toBe("succeeded");
    const found = async (hours: number) => {
      const now = new Date(day(23).getTime() + hours * 3_600_000);
      const { checks } = await readHealth(db, client, { now, log });
      return checks.find(({ code }) => code === "no_sync_for_26_hours")!.count;
    };
    expect([await found(0), await found(25), await found(27)]).toEqual([0, 0, 1]);
  });

  it("says when a sync has ended since", async () => {
    const client = await aClient(db);
    await readHealth(db, client, { now: day(21), log });
    await runSync(db, runnerDeps({ now: () => day(23) }), client, await aRun(db, client));
    expect(await readHealth(db, client, { now: day(24), log })).toMatchObject({ computedAt: day(21), olderThanRun: 1 });
    await makeChecks(db, client, { now: day(24), log });
    expect(await readHealth(db, client, { now: day(24), log })).toMatchObject({ olderThanRun: null });
  });
});

describe("the page", () => {
  it("says who has changed something since, but not of a mute or a sync", async () => {
    const client = await aClient(db);
    await makeChecks(db, client, { now: new Date(), log });
    const owner = await callerAs(db, "owner", client);
    const read = async () => (await owner.health.checks({ clientId: client })).olderThanChange;
    await owner.health.mute({
      clientId: client,
      code: UNKNOWN,
      reason: "Known",
      until: new Date(Date.now() + 86_400_000),
    });
    await owner.sync.start({ clientId: client });
    expect(await read()).toBeNull();
    await owner.rewards.create({ clientId: client, name: "Card", value: { type: "gift_card", amount: 5 } });
    expect(await read()).toMatchObject({ byName: expect.stringMatching(/^Admin /) as string });
    await owner.health.checkNow({ clientId: client });
    expect(await read()).toBeNull();
  });
});

/** A run that its guard held on day 2 for the one redemption that it would have made. */
async function aHeldRun() {
  const client = await aClient(db);
  await aProgressRow(db, client, await aCreator(db, client), await aMission(db, client), { status: "completed" });
  const owner = await callerAs(db, "owner", client);
  const { thresholds } = await owner.guards.get({ clientId: client });
  await owner.guards.save({ clientId: client, thresholds: { ...thresholds, redemptions: "0" } });
  const runId = await aRun(db, client);
  const deps = runnerDeps({ steps: pipeline, now: () => day(2), afterRun: checkAfterRun });
  expect(await runSync(db, deps, client, runId)).toBe("held");
  return { client, runId };
}

describe("a sync", () => {
  it("that succeeds checks everything at its end, compared with the sync before", async () => {
    const client = await aClient(db);
    await lost(client, "anna");
    for (const now of [day(2), day(3)]) {
      const deps = runnerDeps({ steps: pipeline, now: () => now, afterRun: checkAfterRun });
      expect(await runSync(db, deps, client, await aRun(db, client))).toBe("succeeded");
    }
    expect(await unknownTier(client, day(3))).toMatchObject({
      count: 1,
      madeAt: day(3),
      change: { by: 0, sinceRun: 1 },
    });
  });

  it("leaves no pair to be created", async () => {
    const client = await aClient(db);
    await aCreator(db, client);
    await aMission(db, client);
    const deps = runnerDeps({ steps: pipeline, now: () => day(2), afterRun: checkAfterRun });
    await runSync(db, deps, client, await aRun(db, client));
    const { checks } = await readHealth(db, client, { now: day(2), log });
    expect(checks.find(({ code }) => code === "pairs_to_be_created")).toMatchObject({ count: 0, madeAt: day(2) });
  });

  it("that fails is followed by the checks too: what its steps committed stays", async () => {
    const client = await aClient(db);
    const broken = markingSteps({ tiers: () => Promise.reject(new Error("boom")) });
    const deps = runnerDeps({ steps: broken, now: () => day(2), afterRun: checkAfterRun });
    expect(await runSync(db, deps, client, await aRun(db, client))).toBe("failed");
    const { checks } = await readHealth(db, client, { now: day(2), log });
    expect(checks.filter(({ madeAt }) => madeAt?.getTime() !== day(2).getTime())).toEqual([]);
  });

  it("that is held is followed by the checks too: what its steps committed before stays", async () => {
    const { client } = await aHeldRun();
    const { checks } = await readHealth(db, client, { now: day(2), log });
    expect(checks.filter(({ madeAt }) => madeAt?.getTime() !== day(2).getTime())).toEqual([]);
    expect(checks.find(({ code }) => code === "completed_without_redemption")).toMatchObject({ count: 1 });
  });

  it("that is discarded is said to have ended since", async () => {
    const { client, runId } = await aHeldRun();
    expect(await readHealth(db, client, { now: day(2), log })).toMatchObject({ olderThanRun: null });
    const owner = await callerAs(db, "owner", client, { now: day(3) });
    await owner.sync.discard({ clientId: client, runId, reason: "A wrong night" });
    expect(await readHealth(db, client, { now: day(3), log })).toMatchObject({ computedAt: day(2), olderThanRun: 1 });
  });

  it("that is cancelled is said to have ended since", async () => {
    const client = await aClient(db);
    await makeChecks(db, client, { now: day(21), log });
    const runId = await aRun(db, client);
    const operator = await callerAs(db, "operator", client, { now: day(23) });
    await operator.sync.cancel({ clientId: client, runId });
    expect(await readHealth(db, client, { now: day(23), log })).toMatchObject({ olderThanRun: 1 });
  });

  it("that the watch gives up is said to have ended since", async () => {
    const client = await aClient(db);
    await makeChecks(db, client, { now: day(21), log });
    const run = await aRun(db, client);
    await asOwner(db, async (owner) => {
      await owner.execute(sql`
        update sync_runs set status = 'running', started_at = created_at, heartbeat_at = now() - interval '1 day',
          lease_token = gen_random_uuid(), holder = 'gone', claimed_at = now()
        where id = ${run}::uuid`);
      await owner.execute(sql`
        insert into sync_attempts (client_id, run_id, number, holder, started_at, from_step, ended_at, outcome, message)
        select ${client}::uuid, ${run}::uuid, n, 'gone', now(), 1, now(), 'process_died', 'No sign of life'
        from generate_series(1, 4) n`);
      await owner.execute(sql`
        insert into sync_attempts (client_id, run_id, number, holder, started_at, from_step)
        values (${client}::uuid, ${run}::uuid, 5, 'gone', now(), 1)`);
    });
    await lookAfterRuns(db, runnerDeps({ now: () => day(23) }));
    expect(await readHealth(db, client, { now: day(23), log })).toMatchObject({ olderThanRun: 1 });
  });

  it("that is cancelled leaves them as they were", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const operator = await callerAs(db, "operator", client);
    await operator.sync.cancel({ clientId: client, runId: run });
    expect(await runSync(db, runnerDeps({ afterRun: checkAfterRun }), client, run)).toBe("not_queued");
    expect(
      await asOwner(db, (owner) =>
        owner.query(sql`select 1 as found from health_findings where client_id = ${client}::uuid`),
      ),
    ).toEqual([]);
  });
});

describe("a check that cannot be made", () => {
  const endless: Check = {
    ...checkOf(UNKNOWN),
    code: "missions_unknown_tier",
    found: () => sql`select g::text as id, g::text as label, '' as detail from generate_series(1, 1000000000) g`,
  };
  const broken: Check = {
    ...checkOf(UNKNOWN),
    code: "thresholds_not_rising",
    found: () => sql`select (1 / 0)::text as id, '' as label, '' as detail`,
  };

  it("in time or at all says so, keeps what it found before and hides none of the others", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "gone" });
    await lost(client, "anna");
    await makeChecks(db, client, { now: day(1), log });
    await lost(client, "berta");
    await makeChecks(db, client, { now: day(2), log, checks: [endless, broken, checkOf(UNKNOWN)], limitMs: 300 });
    const { checks } = await readHealth(db, client, { now: day(2), log });
    const of = (code: string) => checks.find((check) => check.code === code);
    expect(of(endless.code)).toMatchObject({
      count: 1,
      madeAt: day(1),
      firstSeenAt: day(1),
      trouble: { at: day(2), kind: "timed_out" },
    });
    expect(of(broken.code)).toMatchObject({ count: 0, trouble: { kind: "failed" } });
    expect(of(UNKNOWN)).toMatchObject({ count: 2, trouble: null });
    await makeChecks(db, client, { now: day(3), log });
    expect(
      (await readHealth(db, client, { now: day(3), log })).checks.filter(({ trouble }) => trouble !== null),
    ).toEqual([]);
  });
});

describe("a mute", () => {
  it("holds until its time, and stands with its reason beside a check that is made all the same", async () => {
    const client = await aClient(db);
    await lost(client, "anna");
    const operator = await callerAs(db, "operator", client, { now: day(1) });
    const mute = { clientId: client, code: UNKNOWN, reason: "They leave in December", until: day(10) };
    await operator.health.mute(mute);
    expect(await unknownTier(client, day(9))).toMatchObject({
      count: 1,
      muted: { reason: "They leave in December", until: day(10), at: day(1) },
    });
    expect(await unknownTier(client, day(10))).toMatchObject({ count: 1, muted: null });
  });

  it("is replaced by the next one and taken back once, each audited by name", async () => {
    const client = await aClient(db);
    const operator = await callerAs(db, "operator", client, { now: day(1) });
    const mute = { clientId: client, code: UNKNOWN, reason: "Known", until: day(10) };
    await operator.health.mute(mute);
    await operator.health.mute({ ...mute, reason: "Still known", until: day(20) });
    expect(await unknownTier(client, day(15))).toMatchObject({ muted: { reason: "Still known" } });
    expect(await operator.health.unmute({ clientId: client, code: UNKNOWN })).toEqual({ wasMuted: true });
    expect(await operator.health.unmute({ clientId: client, code: UNKNOWN })).toEqual({ wasMuted: false });
    expect(await unknownTier(client, day(2))).toMatchObject({ muted: null });
    expect(await auditOf(db, client)).toEqual(["health.muted", "health.muted", "health.unmuted"]);
  });

  it.each([
    ["in the past", { until: day(1) }, "BAD_REQUEST"],
    ["for years", { until: new Date("2028-01-01T00:00:00Z") }, "BAD_REQUEST"],
    ["without a reason", { reason: "  " }, "BAD_REQUEST"],
    ["of no check", { code: "of_tomorrow" }, "NOT_FOUND"],
  ])("%s is refused", async (_, wrong, code) => {
    const client = await aClient(db);
    const operator = await callerAs(db, "operator", client, { now: day(2) });
    const mute = { clientId: client, code: UNKNOWN, reason: "Known", until: day(10), ...wrong };
    await expect(operator.health.mute(mute)).rejects.toMatchObject({ code });
  });
});

describe("the records of a finding", () => {
  it("are listed by name with what is the matter, page by page in both directions, with their exact number", async () => {
    const client = await aClient(db);
    for (const handle of ["cleo", "anna", "emma", "berta", "dora"]) await lost(client, handle);
    const viewer = await callerAs(db, "viewer", client, { now: day(1) });
    const page = (more: object) => viewer.health.list({ clientId: client, code: UNKNOWN, limit: 2, ...more });
    const first = await page({});
    const second = await page({ after: first.next! });
    const third = await page({ after: second.next! });
    const rows = [...first.rows, ...second.rows, ...third.rows];
    expect(rows.map(({ label }) => label)).toEqual(["anna", "berta", "cleo", "dora", "emma"]);
    expect(rows[0]).toMatchObject({ kind: "creator", mission: null, detail: "has the tier legendary" });
    expect(third.next).toBeNull();
    expect((await page({ before: third.previous! })).rows).toEqual(second.rows);
    expect(await viewer.health.count({ clientId: client, code: UNKNOWN })).toBe(5);
  });

  it("of progress rows are creators with their mission and both windows", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const user = await aCreator(db, client, {
      handle: "anna",
      tier: "tier_2",
      tierAchievedAt: new Date("2026-11-01T05:00:00Z"),
      nextCheckpointAt: new Date("2027-03-01T05:00:00Z"),
    });
    await aProgressRow(db, client, user, mission, {
      start: new Date("2026-08-01T04:00:00Z"),
      end: new Date("2026-12-01T05:00:00Z"),
    });
    const viewer = await callerAs(db, "viewer", client, { now: day(10) });
    const { rows } = await viewer.health.list({ clientId: client, code: "window_differs_from_present" });
    expect(rows).toMatchObject([
      {
        kind: "creator",
        label: "anna",
        mission: { id: mission },
        detail: "the row: 1 Aug 2026 to 1 Dec 2026; the creator: 1 Nov 2026 to 1 Mar 2027",
      },
    ]);
  });

  it.each(allChecks.map(({ code }) => code))("of %s can be listed and counted", async (code) => {
    const client = await aClient(db);
    await lost(client, "anna");
    await aMission(db, client);
    const viewer = await callerAs(db, "viewer", client, { now: day(1) });
    const { rows } = await viewer.health.list({ clientId: client, code });
    expect(rows).toHaveLength(await viewer.health.count({ clientId: client, code }));
  });
});
