import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { createLog } from "./base/log.ts";
import type { ClientId } from "./base/ids.ts";
import { sql } from "./db/db.ts";
import type { RootDb } from "./db/pools.ts";
import { openDatabase } from "./db/pools.ts";
import { startEngine } from "./engine.ts";
import { readEnv } from "./env.ts";
import { aClient, aMission, asOwner } from "./testing/builders.ts";
import { testDatabase } from "./testing/database.ts";
import { startEntry } from "./testing/processes.ts";

const db = testDatabase();

const CLIENTS = 20;
const VIDEOS = 30;
const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";

/** A client whose night was due a minute ago, with a file of two creators of whom one earns a reward. */
async function aNight(inbox: string, due: Date): Promise<ClientId> {
  const client = await aClient(db, { timezone: "UTC" });
  await aMission(db, client, { targetValue: 200 });
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
  );
  const lines = Array.from(
    { length: VIDEOS },
    (_, video) => `${video % 3 === 0 ? "ben" : "anna"},${video},10,1,1,10.50,1,1,2026-01-05,Video`,
  );
  const folder = join(inbox, row!.subdomain);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "export.csv"), `${[HEADER, ...lines].join("\n")}\n`);
  utimesSync(join(folder, "export.csv"), due, due);
  await asOwner(db, (owner) =>
    owner.execute(sql`
      insert into schedules (client_id, cron, timezone, next_due_at) values (${client}::uuid, '0 4 * * *', 'UTC', ${due}::timestamptz)`),
  );
  return client;
}

async function until(isTrue: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await wait(50);
  }
}

function runsOf(): Promise<{ client: string; status: string; attempts: number; holder: string }[]> {
  return asOwner(db, (owner) =>
    owner.query(sql`
      select r.client_id::text as client, r.status, count(a.number)::int as attempts, max(a.holder) as holder
      from sync_runs r left join sync_attempts a on a.client_id = r.client_id and a.run_id = r.id
      group by r.client_id, r.id, r.status`),
  );
}

/** What each night left, as a line: they are all alike. */
function effects(): Promise<{ effect: string }[]> {
  return asOwner(db, (owner) =>
    owner.query<{ effect: string }>(sql`
      select concat_ws(' ',
        (select count(*) from videos v where v.client_id = c.id), 'videos',
        (select string_agg(u.tiktok_handle || ':' || u.total_sales, ' ' order by u.tiktok_handle) from users u where u.client_id = c.id),
        (select string_agg(p.status || ':' || p.current_value, ' ' order by p.status) from mission_progress p where p.client_id = c.id),
        (select count(*) from redemptions r where r.client_id = c.id), 'redemptions',
        (select count(*) from imports i where i.client_id = c.id and i.status = 'imported'), 'files',
        (select count(*) from audit_log l where l.client_id = c.id and l.action = 'import.imported'), 'imported') as effect
      from clients c order by c.id`),
  );
}

it("two servers and two workers run twenty clients' nights, each once", { timeout: 180_000 }, async () => {
  const inbox = mkdtempSync(join(tmpdir(), "muster-fleet-"));
  const env = { DATABASE_URL: db.url, MUSTER_INBOX: inbox, LOG_LEVEL: "silent" };
  const workers = [startEntry("worker.ts", { env }), startEntry("worker.ts", { env })];
  await Promise.all(workers.map((worker) => worker.lines(1)));
  const due = new Date(Date.now() - 120_000);
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => aNight(inbox, due)));

  // The servers look at the same moment what is due; the workers only see jobs.
  const servers: RootDb[] = [1, 2].map(() =>
    openDatabase({ url: db.url, applicationName: "fleet", appConnections: 10 }),
  );
  const log = createLog({ level: "silent" });
  const engineEnv = readEnv({ MUSTER_INBOX: inbox, MUSTER_DATA_DIR: inbox });
  const engines = await Promise.all(
    servers.map((server) => startEngine({ db: server, env: engineEnv, log, now: () => new Date() })),
  );
  await until(async () => {
    const runs = await runsOf();
    return runs.length >= CLIENTS && runs.every((run) => run.status.startsWith("succeeded") || run.status === "failed");
  }, 120_000);
  await Promise.all(engines.map((engine) => engine.stop()));
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all([...workers.map((worker) => worker.ended), ...servers.map((server) => server.close())]);

  const runs = await runsOf();
  expect(runs.map((run) => run.client).toSorted()).toEqual(clients.toSorted());
  expect(new Set(runs.map((run) => `${run.status}, ${run.attempts} attempt`))).toEqual(
    new Set(["succeeded, 1 attempt"]),
  );
  // The work was shared between the processes.
  expect(new Set(runs.map((run) => run.holder)).size).toBeGreaterThan(1);
  expect(new Set((await effects()).map((row) => row.effect))).toEqual(
    new Set(["30 videos anna:210.00 ben:105.00 active:105.00 completed:210.00 1 redemptions 1 files 1 imported"]),
  );
});
