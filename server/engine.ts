/** What works in the background of a process, with or without a port: the queue's worker and the scheduler's tick. */
import { randomUUID } from "node:crypto";
import type { Log } from "./base/log.ts";
import type { RootDb } from "./db/pools.ts";
import { announceDigests } from "./digest/service.ts";
import { encryptionKey, type Env } from "./env.ts";
import { checkAfterRun } from "./health/service.ts";
import type { SourceDeps } from "./imports/sources/fetching.ts";
import { startSending } from "./notifications/sending/service.ts";
import { createCaller } from "./router.ts";
import { announceOverdue } from "./schedule/due/unattended.ts";
import { startTicking } from "./schedule/tick.ts";
import type { JobActor } from "./schedule/tick.ts";
import { stopRehearsals } from "./sync/rehearsal/service.ts";
import type { RunnerDeps } from "./sync/runner.ts";
import { pipeline } from "./sync/steps.ts";
import { startWorker } from "./sync/worker.ts";
import { tellingOf } from "./telling.ts";
import type { Context } from "./trpc/context.ts";

export interface EngineOptions {
  db: RootDb;
  env: Pick<Env, "inbox" | "uploadLimitMb" | "secretKey" | "dataDir" | "allowsPrivate" | "mail" | "publicUrl">;
  log: Log;
  now: () => Date;
}

export interface Engine {
  /** No new work; running steps finish or are given back. Resolves within 8 s. */
  stop: () => Promise<void>;
}

/** Starts both; a due time that was missed while nothing ran is found at once. */
export async function startEngine({ db, env, log, now }: EngineOptions): Promise<Engine> {
  const worker = await startWorker(db, syncDeps({ env, log, now }));
  const ticking = startTicking({
    db,
    now,
    log,
    startDue: (actor, due) => createCaller(jobContext({ db, env, log, now }, actor)).schedule.startDue(due),
  });
  const sending = startSending({
    db,
    now,
    log,
    telling: tellingOf(env),
    prepare: () => announceDigests(db, { now, log }),
  });
  return {
    async stop() {
      await Promise.all([ticking.stop(), sending.stop(), worker.stop(), stopRehearsals(db, { log })]);
    },
  };
}

/**
 * Sends news in a process that works on no run. It tells missed runs too: the scheduler, which does so otherwise, may be dead.
 * A process with a scheduler leaves that to its tick, which knows what made up for them.
 */
export function startTelling({ db, env, log, now }: EngineOptions): Engine {
  return startSending({
    db,
    now,
    log,
    telling: tellingOf(env),
    prepare: async () => {
      await announceOverdue(db, { now, log });
      await announceDigests(db, { now, log });
    },
  });
}

/** What a run needs of the process that works on it. */
export function syncDeps({ env, log, now }: Omit<EngineOptions, "db">): RunnerDeps {
  return {
    now,
    log,
    inboxDir: env.inbox,
    uploadLimitBytes: uploadLimitOf(env),
    sources: sourceDeps(env),
    steps: pipeline,
    afterRun: checkAfterRun,
  };
}

/** What fetching needs of the environment. The key is read, or made, when it is first needed. */
export function sourceDeps(env: Pick<Env, "dataDir" | "secretKey" | "allowsPrivate">): SourceDeps {
  let key: Buffer | null = null;
  return {
    allowPrivate: env.allowsPrivate,
    key: () => (key ??= encryptionKey(env)),
  };
}

function uploadLimitOf(env: Pick<Env, "uploadLimitMb">): number {
  return env.uploadLimitMb * 1024 * 1024;
}

/** A job has no session that could end. */
export function jobContext({ db, env, log, now }: EngineOptions, actor: JobActor): Context {
  return {
    db,
    actor,
    now,
    log,
    inboxDir: env.inbox,
    uploadLimitBytes: uploadLimitOf(env),
    telling: tellingOf(env),
    sources: sourceDeps(env),
    requestId: randomUUID(),
    isSessionAlive: () => Promise.resolve(true),
  };
}
