import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import type { ClientId } from "./base/ids.ts";
import { sql } from "./db/db.ts";
import { aClient, aMission, asOwner } from "./testing/builders.ts";
import { consoleAt, RunPage, signIn } from "./testing/console.ts";
import { testDatabase } from "./testing/database.ts";
import { dayFile, storeDay } from "./testing/day-files.ts";
import { aSignInAdmin } from "./testing/http.ts";
import type { Started } from "./testing/processes.ts";
import { startEntry } from "./testing/processes.ts";
import { Switchboard } from "./testing/switchboard.ts";

const db = testDatabase();

interface Run {
  clientId: ClientId;
  runId: string;
}

/** A worker works on two runs at once: of three that cannot end, one is the other worker's. */
const CLIENTS = 3;

const tidying: (() => unknown)[] = [];
afterEach(async () => {
  for (const tidy of tidying.splice(0).toReversed()) await tidy();
});

/** A server without an engine, or a worker, in a process of its own; killed after the test. */
function start(entry: "main.ts" | "worker.ts", secret: string): Started {
  const started = startEntry(entry, {
    env: {
      DATABASE_URL: db.url,
      LOG_LEVEL: "silent",
      HOST: "127.0.0.1",
      PORT: "0",
      MUSTER_SECRET: secret,
      MUSTER_ENGINE: entry === "worker.ts" ? "on" : "off",
    },
  });
  tidying.push(() => started.kill("SIGKILL"));
  return started;
}

async function addressOf(server: Started): Promise<string> {
  const [line] = await server.lines(1);
  return /http:\S+/.exec(line!)![0].replace("localhost", "127.0.0.1");
}

/** Keeps everybody else from writing to a table, so that a run stands still at the step that does; answers how to let go. */
async function hold(table: "mission_progress" | "redemptions"): Promise<() => Promise<void>> {
  const holder = new pg.Client(db.url);
  await holder.connect();
  await holder.query(`begin; lock table ${table} in share mode`);
  const letGo = () => holder.end();
  tidying.push(letGo);
  return letGo;
}

/** A client of the admin's with a file of one creator, who earns a reward by it. */
async function aDay(admin: string) {
  const client = await aClient(db, { timezone: "UTC" });
  await aMission(db, client, { targetValue: 5 });
  await asOwner(db, (owner) =>
    owner.execute(
      sql`insert into memberships (client_id, admin_id, role) values (${client}::uuid, ${admin}::uuid, 'owner')`,
    ),
  );
  return { client, importId: await storeDay(db, client, dayFile([{}])) };
}

/** The numbered events of a run, as the database has them. */
function storedEvents({ clientId, runId }: Run): Promise<{ number: number; type: string; step: string | null }[]> {
  return asOwner(db, (owner) =>
    owner.query(sql`
      select number, type, data->'step'->>'name' as step from sync_events
      where client_id = ${clientId}::uuid and run_id = ${runId}::uuid order by number`),
  );
}

/** The processes that worked on runs. */
function holders(): Promise<{ holder: string }[]> {
  return asOwner(db, (owner) => owner.query(sql`select distinct holder from sync_attempts`));
}

it(
  "a followed run goes on on another server when its own dies, and nothing of it is missing or told twice",
  { timeout: 120_000 },
  async () => {
    const admin = await aSignInAdmin(db);
    const days = await Promise.all(Array.from({ length: CLIENTS }, () => aDay(admin.id)));
    const secret = `shared by all servers ${randomUUID()}`;
    const [first, second] = [start("main.ts", secret), start("main.ts", secret)];
    const workers = [start("worker.ts", secret), start("worker.ts", secret)];
    const addresses = await Promise.all([first, second].map(addressOf));
    await Promise.all(workers.map((worker) => worker.lines(1)));
    const [seedingGoesOn, redeemingGoesOn] = [await hold("mission_progress"), await hold("redemptions")];
    const balancer = await Switchboard.start();
    tidying.push(() => balancer.close());

    balancer.leadTo(addresses[0]!);
    const cookie = await signIn(balancer.address, admin.email);
    const { sync } = consoleAt(balancer.address, cookie);
    const runs = await Promise.all(
      days.map(async ({ client, importId }) => {
        const started = await sync.start.mutate({ clientId: client, importId });
        return { clientId: client, runId: started.runId };
      }),
    );
    const followed = runs[0]!;
    const page = new RunPage((on) => sync.progress.subscribe(followed, on));
    await page.sees("seed");
    const atFirst = page.received.length;

    first.kill("SIGKILL");
    await first.ended;
    balancer.leadTo(null);
    await seedingGoesOn();
    // Told while nobody listens.
    await expect
      .poll(() => storedEvents(followed), { timeout: 30_000 })
      .toContainEqual(expect.objectContaining({ type: "step_started", step: "redemptions" }));
    expect(page.received).toHaveLength(atFirst);

    balancer.leadTo(addresses[1]!);
    await page.sees("redemptions");
    // Told while the page is at the second server.
    await redeemingGoesOn();
    await page.ended;

    const stored = await storedEvents(followed);
    expect(page.received.map(({ number, type, step }) => ({ number, type, step: step?.name ?? null }))).toEqual(stored);
    expect(stored.at(-1)).toMatchObject({ type: "run_ended" });

    // The sign-in of the first server is good at the second, and all that it started came to its end, by either worker.
    const there = consoleAt(addresses[1]!, cookie);
    expect((await there.session.me.query()).admin.email).toBe(admin.email);
    await expect
      .poll(() => Promise.all(runs.map(async (run) => (await there.sync.get.query(run)).status)), { timeout: 30_000 })
      .toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(await holders()).toHaveLength(2);
  },
);
