/**
 * A week with the clock held: a missed night, a clock change, a wrong file that is held and discarded, a night that is skipped for
 * it, a process that dies in the middle, a held run that is released. In the end the programme stands as the good files alone say.
 */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ClientId, RunId } from "./base/ids.ts";
import { createLog } from "./base/log.ts";
import { sql } from "./db/db.ts";
import { inClient } from "./db/tx.ts";
import { createCaller } from "./router.ts";
import { ensureSchedule } from "./schedule/service.ts";
import { tick } from "./schedule/tick.ts";
import { takeOverIfSilent } from "./sync/attempts/takeover.ts";
import { runSync } from "./sync/runner.ts";
import type { SyncStep } from "./sync/step-types.ts";
import { pipeline } from "./sync/steps.ts";
import { aClient, aMission, asOwner } from "./testing/builders.ts";
import { callerAs, contextFor } from "./testing/caller.ts";
import { testDatabase } from "./testing/database.ts";
import { dayFile, type DayRow } from "./testing/day-files.ts";
import { runnerDeps } from "./testing/runs.ts";

const db = testDatabase();
const inboxDir = mkdtempSync(join(tmpdir(), "muster-week-"));
const at = (text: string) => new Date(`${text}:00Z`);

/** Every creator has one video that has earned so much per day by this day; some of them come later. */
function fileOf(day: number, creators: number, perDay = 20): string {
  const rows = Array.from({ length: creators }, (_, index): DayRow => {
    const gmv = day * perDay + index;
    return {
      Handle: `creator${index}`,
      Video: `7${1000 + index}`,
      GMV: `${gmv}.50`,
      Views: `${gmv}`,
      "Post Date": "2026-10-27",
    };
  });
  return dayFile(rows);
}

async function aProgramme(): Promise<{ client: ClientId; folder: string }> {
  const client = await aClient(db, { tiers: [0, 60, 120], timezone: "America/New_York" });
  for (const target of [70, 130])
    await aMission(db, client, { targetValue: target, tierEligibility: target === 70 ? "all" : "tier_2" });
  await inClient(db, client, (tx) => ensureSchedule(tx, client, "America/New_York", at("2026-10-28T12:00")));
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
  );
  const folder = join(inboxDir, row!.subdomain);
  mkdirSync(folder, { recursive: true });
  return { client, folder };
}

function arrives(folder: string, name: string, content: string, when: Date): void {
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), when, when);
}

function tickAt(client: ClientId, now: Date): Promise<void> {
  return tick({
    db,
    now: () => now,
    log: createLog({ level: "silent" }),
    startDue: (actor, due) =>
      due.clientId === client
        ? createCaller(contextFor(db, actor, { now, inboxDir })).schedule.startDue(due)
        : Promise.resolve({ kind: "taken" }),
  });
}

async function runThatIs(status: "queued" | "held", client: ClientId): Promise<RunId> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ id: RunId }>(sql`select id from sync_runs where client_id = ${client}::uuid and status = ${status}`),
  );
  return row!.id;
}
const queuedRun = (client: ClientId) => runThatIs("queued", client);
const heldRun = (client: ClientId) => runThatIs("held", client);

function work(client: ClientId, run: RunId, now: Date, steps: readonly SyncStep[] = pipeline, heartbeatMs?: number) {
  return runSync(db, runnerDeps({ steps, inboxDir, now: () => now, heartbeatMs }), client, run);
}

/** A tick and what it brings about. */
async function night(client: ClientId, now: Date): Promise<string> {
  await tickAt(client, now);
  return work(client, await queuedRun(client), now);
}

/** Takes the run as far as a step, in which the process is never heard of again; another one takes the run over. */
async function dyingNight(client: ClientId, now: Date, in_: SyncStep["name"]): Promise<string> {
  await tickAt(client, now);
  const run = await queuedRun(client);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const steps = pipeline.map((step): SyncStep => {
    if (step.name !== in_) return step;
    return {
      ...step,
      run: async (tx, context, importId) => {
        await step.run(tx, context, importId);
        arrive();
        await tx.query(sql`select pg_sleep(60)::text as slept`);
        throw new Error("nobody is there any more");
      },
    };
  });
  const dead = work(client, run, now, steps, 1_000_000);
  await arrived;
  await asOwner(db, (owner) =>
    owner.execute(sql`
      update sync_runs set heartbeat_at = clock_timestamp() - interval '1 minute' where client_id = ${client}::uuid and id = ${run}::uuid`),
  );
  const watch = { kind: "job", name: "sync watch", clientId: client } as const;
  expect(await inClient(db, client, (tx) => takeOverIfSilent(tx, watch, client, run, { now }))).toBe("taken_over");
  const outcome = await work(client, run, now);
  expect(await dead).toBe("lost");
  return outcome;
}

/** What stands of a programme, by natural keys. */
function standing(client: ClientId): Promise<{ line: string }[]> {
  return asOwner(db, (owner) =>
    owner.query<{ line: string }>(sql`
      select concat_ws(' ', 'creator', u.tiktok_handle, u.current_tier, u.total_sales, u.checkpoint_sales_current, u.tier_achieved_at,
        u.next_checkpoint_at, r.rank) as line
      from users u left join creator_ranks r on r.client_id = u.client_id and r.user_id = u.id where u.client_id = ${client}::uuid
      union all
      select concat_ws(' ', 'video', v.video_key, v.gmv, v.views, v.last_import_line) from videos v where v.client_id = ${client}::uuid
      union all
      select concat_ws(' ', 'row', u.tiktok_handle, m.target_value, p.status, p.current_value, p.completed_at, p.checkpoint_start, p.checkpoint_end)
      from mission_progress p
      join users u on u.client_id = p.client_id and u.id = p.user_id
      join missions m on m.client_id = p.client_id and m.id = p.mission_id
      where p.client_id = ${client}::uuid
      union all
      select concat_ws(' ', 'redemption', u.tiktok_handle, m.target_value, d.status, d.tier_at_claim)
      from redemptions d
      join users u on u.client_id = d.client_id and u.id = d.user_id
      join missions m on m.client_id = d.client_id and m.id = d.mission_id
      where d.client_id = ${client}::uuid
      order by 1`),
  );
}

function runsOf(client: ClientId): Promise<{ run: string }[]> {
  return asOwner(db, (owner) =>
    owner.query<{ run: string }>(sql`
      select concat_ws(' ', to_char(scheduled_for at time zone 'UTC', 'MM-DD HH24:MI'), status) as run
      from sync_runs where client_id = ${client}::uuid order by number`),
  );
}

it("ends as the good files alone imply", { timeout: 120_000 }, async () => {
  const { client, folder } = await aProgramme();
  const owner = (now: Date) => callerAs(db, "owner", client, { now });

  arrives(folder, "thu.csv", fileOf(1, 30), at("2026-10-29T07:00"));
  expect(await night(client, at("2026-10-29T08:00"))).toBe("succeeded");

  // On Friday night nothing runs; on Saturday at nine somebody starts the server.
  arrives(folder, "sat.csv", fileOf(3, 30), at("2026-10-31T07:00"));
  const lateOn = await (await owner(at("2026-10-31T12:59"))).schedule.get({ clientId: client });
  expect(lateOn.missed).toHaveLength(2);
  expect(await night(client, at("2026-10-31T13:00"))).toBe("succeeded");

  // The clocks go back on Sunday: every half an hour is looked at, and one run comes of it.
  arrives(folder, "sun.csv", fileOf(4, 31), at("2026-11-01T05:00"));
  for (let half = 0; half < 12; half += 1) {
    const now = new Date(at("2026-11-01T05:00").getTime() + half * 30 * 60_000);
    await tickAt(client, now);
    if (now.getTime() === at("2026-11-01T09:00").getTime()) {
      expect(await work(client, await queuedRun(client), now)).toBe("succeeded");
    }
  }

  // A file of long ago, a little changed, arrives instead of Monday's. It is held, and Tuesday's night is left out for it.
  arrives(folder, "mon.csv", fileOf(1, 31, 19), at("2026-11-02T07:00"));
  expect(await night(client, at("2026-11-02T09:00"))).toBe("held");
  await tickAt(client, at("2026-11-03T09:00"));
  const held = await heldRun(client);
  const discarded = await (
    await owner(at("2026-11-03T15:00"))
  ).sync.discard({ clientId: client, runId: held, reason: "An old file" });
  expect(discarded.kind).toBe("discarded");
  rmSync(join(folder, "mon.csv"));

  // On Wednesday the process dies in the middle of the progress step.
  arrives(folder, "wed.csv", fileOf(7, 31), at("2026-11-04T07:00"));
  expect(await dyingNight(client, at("2026-11-04T09:00"), "progress")).toBe("succeeded");

  // On Thursday a campaign brings as many creators again; an owner knows of it.
  arrives(folder, "thu2.csv", fileOf(8, 50), at("2026-11-05T07:00"));
  expect(await night(client, at("2026-11-05T09:00"))).toBe("held");
  const campaign = await heldRun(client);
  const reason = "The autumn campaign";
  await (await owner(at("2026-11-05T10:00"))).sync.releaseHeld({ clientId: client, runId: campaign, reason });
  expect(await work(client, campaign, at("2026-11-05T10:00"))).toBe("succeeded");

  expect((await runsOf(client)).map(({ run }) => run)).toEqual([
    "10-29 08:00 succeeded",
    "10-30 08:00 succeeded",
    "11-01 09:00 succeeded",
    "11-02 09:00 discarded",
    "11-04 09:00 succeeded",
    "11-05 09:00 succeeded",
  ]);

  const quiet = await aProgramme();
  await (
    await callerAs(db, "owner", quiet.client)
  ).guards.save({
    clientId: quiet.client,
    thresholds: {
      fewer_rows: null,
      rejected: null,
      falling: null,
      created: null,
      demoted: null,
      redemptions: null,
      redemptions_value: null,
    },
  });
  const good = [
    [fileOf(1, 30), "2026-10-29T08:00"],
    [fileOf(3, 30), "2026-10-31T13:00"],
    [fileOf(4, 31), "2026-11-01T09:00"],
    [fileOf(7, 31), "2026-11-04T09:00"],
    [fileOf(8, 50), "2026-11-05T09:00"],
  ] as const;
  for (const [index, [file, now]] of good.entries()) {
    arrives(quiet.folder, `good${index}.csv`, file, new Date(at(now).getTime() - 3_600_000));
    expect(await night(quiet.client, at(now))).toBe("succeeded");
  }
  const stands = await standing(client);
  expect(stands.filter(({ line }) => line.startsWith("redemption")).length).toBeGreaterThan(10);
  expect(stands).toEqual(await standing(quiet.client));
  rmSync(inboxDir, { recursive: true });
});
