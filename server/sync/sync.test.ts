import { setTimeout as wait } from "node:timers/promises";
import type { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { AppError } from "../base/errors.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import type { StepOutcome } from "../base/step.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { createCaller } from "../router.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { anAdmin, callerAs, contextFor } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { followRun } from "./progress.ts";
import type { RunnerDeps } from "./runner.ts";
import { runSync } from "./runner.ts";
import type { RunEvent } from "./schema.ts";
import { stepNames } from "./schema.ts";
import type { SyncStep } from "./step-types.ts";
import { startWorker } from "./worker.ts";

const db = testDatabase();

const outcome: StepOutcome = { rowsIn: 0, rowsOut: 0, skipped: {}, counts: {}, message: "Done", warnings: 0 };

function deps(during: (name: string) => Promise<void> = () => Promise.resolve()): RunnerDeps {
  const steps = stepNames.map((name): SyncStep => ({
    name,
    run: async () => {
      await during(name);
      return outcome;
    },
  }));
  const log = createLog({ level: "silent" });
  return { now: () => new Date(), log, inboxDir: "/nowhere", uploadLimitBytes: 1_000_000, steps };
}

type Caller = Awaited<ReturnType<typeof callerAs>>;

/** What a browser would be sent: the numbers and the events. A caller in this process gets tracked events as pairs. */
async function collect(caller: Caller, clientId: ClientId, runId: string, lastEventId?: string): Promise<RunEvent[]> {
  const stream = await caller.sync.progress({ clientId, runId, lastEventId });
  const events: RunEvent[] = [];
  for await (const item of stream) {
    const [id, event] = item as unknown as [string, RunEvent];
    expect(id).toBe(String(event.number));
    events.push(event);
  }
  return events;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    if (await isTrue()) return;
    await wait(25);
  }
  throw new Error("waited ten seconds in vain");
}

describe("the progress of a run", () => {
  it("is followed live to its end, and replayed from any event on", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });

    const following = collect(caller, client, runId);
    await runSync(db, deps(), client, runId as RunId);
    const live = await following;
    const total = 2 + 2 * stepNames.length;
    expect(live.map((event) => event.number)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    expect(live[2]?.step?.startedAt).toBeInstanceOf(Date);

    expect(await collect(caller, client, runId)).toEqual(live);
    expect(await collect(caller, client, runId, "15")).toEqual(live.slice(15));
    expect(await collect(caller, client, runId, String(total))).toEqual([]);
    expect(await collect(caller, client, runId, "no number")).toEqual(live);
  });

  it("goes on where the page that was shown left off", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    await runSync(db, deps(), client, runId as RunId);
    const { lastEvent } = await caller.sync.get({ clientId: client, runId });
    expect(lastEvent).toBe(2 + 2 * stepNames.length);
  });

  it("ends when the reader leaves", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    const controller = new AbortController();
    const reader = createCaller(contextFor(db, await anAdmin(db, client, "viewer")), { signal: controller.signal });
    const stream = await reader.sync.progress({ clientId: client, runId });
    const next = stream[Symbol.asyncIterator]().next();
    controller.abort();
    expect((await next).done).toBe(true);
  });

  it("ends for a reader who may not read any more", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    const recheck = () => Promise.reject(new AppError("unauthenticated", "Your session has ended."));
    const stream = followRun(db, client, { runId, after: 0, recheck, recheckMs: 0 });
    await expect(stream.next()).rejects.toThrow("Your session has ended.");
  });

  it("is not shown to a stranger, nor another client's run to a member", async () => {
    const client = await aClient(db);
    const other = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    const stranger = await callerAs(db, null, client);
    await expect(collect(stranger, client, runId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const neighbour = await callerAs(db, "owner", other);
    await expect(collect(neighbour, other, runId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a start with a file", () => {
  it("that is being discarded at the same moment is refused", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const [file] = await asOwner(db, (owner) =>
      owner.query<{ id: string }>(sql`
        insert into imports (client_id, file_name, source, sha256, size_bytes, by_name)
        values (${client}::uuid, 'day.csv', 'upload', repeat('a', 64), 10, 'Ada') returning id`),
    );
    const importId = file!.id;
    let code = "";
    let starting: Promise<void> | undefined;
    await inClient(db, client, async (tx) => {
      await tx.query(
        sql`select status from imports where client_id = ${client}::uuid and id = ${importId}::uuid for update`,
      );
      starting = caller.sync.start({ clientId: client, importId }).then(
        ({ kind }) => void (code = kind),
        (error: TRPCError) => void (code = error.code),
      );
      await until(async () => {
        const waiting = await asOwner(db, (owner) =>
          owner.query(sql`
            select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`),
        );
        return waiting.length > 0;
      });
      await tx.execute(
        sql`update imports set status = 'discarded' where client_id = ${client}::uuid and id = ${importId}::uuid`,
      );
    });
    await starting;
    expect(code).toBe("CONFLICT");
    expect(await caller.sync.count({ clientId: client })).toBe(0);
  });
});

describe("the list of runs", () => {
  it("is newest first, paged by number, with its exact total", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    for (let count = 0; count < 5; count += 1) {
      const { runId } = await caller.sync.start({ clientId: client });
      if (count % 2 === 0) await runSync(db, deps(), client, runId as RunId);
      else await caller.sync.cancel({ clientId: client, runId });
    }
    const first = await caller.sync.list({ clientId: client, limit: 2 });
    expect(first.rows.map((run) => run.number)).toEqual([5, 4]);
    expect(first.previous).toBeNull();
    const second = await caller.sync.list({ clientId: client, limit: 2, after: first.next! });
    expect(second.rows.map((run) => run.number)).toEqual([3, 2]);
    const back = await caller.sync.list({ clientId: client, limit: 2, before: second.previous! });
    expect(back.rows.map((run) => run.number)).toEqual([5, 4]);
    expect(await caller.sync.count({ clientId: client })).toBe(5);
    expect(await caller.sync.count({ clientId: client, status: "cancelled" })).toBe(2);
    const cancelled = await caller.sync.list({ clientId: client, status: "cancelled" });
    expect(cancelled.rows.map((run) => run.number)).toEqual([4, 2]);
    await expect(caller.sync.list({ clientId: client, after: "nonsense" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("finds a run by its number", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    expect(await caller.sync.getByNumber({ clientId: client, number: 1 })).toMatchObject({
      id: runId,
      source: "manual",
    });
    await expect(caller.sync.getByNumber({ clientId: client, number: 2 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("may be read but not added to by a viewer", async () => {
    const client = await aClient(db);
    const viewer = await callerAs(db, "viewer", client);
    await expect(viewer.sync.start({ clientId: client })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await viewer.sync.count({ clientId: client })).toBe(0);
  });
});

describe("the worker", () => {
  it("takes the jobs of queued runs and stops when asked, with nothing left under way", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const worker = await startWorker(db, deps());
    const { runId } = await caller.sync.start({ clientId: client });
    await until(async () => (await caller.sync.get({ clientId: client, runId })).status === "succeeded");
    await worker.stop();
    const steps = (await caller.sync.get({ clientId: client, runId })).steps;
    expect(steps.every((step) => step.status === "succeeded")).toBe(true);
  });

  it("gives back a run whose step does not end in time, and the next worker ends it", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    let isReached = false;
    const slow = deps(async (name) => {
      if (name !== "seed") return;
      isReached = true;
      await held;
    });
    const { runId } = await caller.sync.start({ clientId: client });
    const first = await startWorker(db, slow, { graceMs: 50 });
    await until(() => Promise.resolve(isReached));
    await first.stop();
    expect(await caller.sync.get({ clientId: client, runId })).toMatchObject({ status: "queued" });
    release();

    const second = await startWorker(db, deps());
    await until(async () => (await caller.sync.get({ clientId: client, runId })).status === "succeeded");
    await second.stop();
    const jobs = await asOwner(db, (owner) =>
      owner.query(sql`select 1 as one from graphile_worker._private_jobs where payload ->> 'runId' = ${runId}`),
    );
    expect(jobs).toEqual([]);
  });

  it("passes over a job that is not a run of its client", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const { runId } = await caller.sync.start({ clientId: client });
    const other = await aClient(db);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update graphile_worker._private_jobs set payload = json_build_object('clientId', ${other}::text, 'runId', ${runId}::text)
        where payload ->> 'runId' = ${runId}`),
    );
    const worker = await startWorker(db, deps());
    await until(async () => {
      const left = await asOwner(db, (owner) =>
        owner.query(sql`select 1 as one from graphile_worker._private_jobs where payload ->> 'runId' = ${runId}`),
      );
      return left.length === 0;
    });
    await worker.stop();
    expect(await caller.sync.get({ clientId: client, runId })).toMatchObject({ status: "queued" });
  });
});
