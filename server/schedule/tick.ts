/** The clock's adapter: every minute, in every process, it looks what is due and has it started as a job of that client. */
import cron from "node-cron";
import type { Actor } from "../base/actor.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess } from "../db/tx.ts";
import type { DueStarted } from "./schema.ts";
import { listDue } from "./sql.ts";

export type JobActor = Extract<Actor, { kind: "job" }>;

export interface TickDeps {
  db: RootDb;
  now: () => Date;
  log: Log;
  /** calls the procedure `schedule.startDue` as a job: the clock passes the same checks as everybody */
  startDue: (actor: JobActor, due: { clientId: string; dueAt: Date }) => Promise<DueStarted>;
}

/** Looks once and starts the due ones. One client's failure does not keep the others from starting. */
export async function tick(deps: TickDeps): Promise<void> {
  const due = await inAccess(deps.db, (tx) => listDue(tx, deps.now()));
  for (const { clientId, dueAt } of due) {
    try {
      const started = await deps.startDue({ kind: "job", name: "nightly schedule", clientId }, { clientId, dueAt });
      deps.log.info({ client: clientId, dueAt, outcome: started.kind }, "a scheduled sync was due");
    } catch (error) {
      deps.log.error({ err: error, client: clientId, dueAt }, "a scheduled sync could not be started");
    }
  }
}

/** Ticks now, so that a time missed while nothing ran is found, and then every minute until `stop`, which waits for the last tick. */
export function startTicking(deps: TickDeps): { stop: () => Promise<void> } {
  let ticking: Promise<void> | null = null;
  const guarded = async () => {
    // A tick that takes longer than a minute is not overtaken by the next.
    ticking ??= tick(deps)
      .catch((error: unknown) => deps.log.error({ err: error }, "the scheduler could not look what is due"))
      .finally(() => {
        ticking = null;
      });
    await ticking;
  };
  const task = cron.schedule("* * * * *", guarded, { name: "muster tick", suppressMissedWarning: true });
  void guarded();
  return {
    async stop() {
      await task.destroy();
      await ticking;
    },
  };
}
