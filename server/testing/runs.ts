/** Runs for tests: eight steps that leave their mark, and what is left of them. */
import { expect } from "vitest";
import type { Actor } from "../base/actor.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import type { StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import type { RunnerDeps } from "../sync/runner.ts";
import type { StepName } from "../sync/schema.ts";
import { stepNames } from "../sync/schema.ts";
import { startSync } from "../sync/service.ts";
import type { SyncStep } from "../sync/step-types.ts";
import { asOwner } from "./builders.ts";

export const someone: Actor = { kind: "cli", name: "command line (test)" };

/** What a step that is not of interest answers. */
export const outcome: StepOutcome = {
  rowsIn: 3,
  rowsOut: 2,
  skipped: { known: 1 },
  counts: {},
  message: "Done",
  warnings: 0,
};

/** Eight steps that do nothing but leave a mark in their transaction, with something added to some. */
export function markingSteps(
  added: Partial<Record<StepName, (tx: Db, client: ClientId) => Promise<StepOutcome>>> = {},
): SyncStep[] {
  return stepNames.map((name) => ({
    name,
    run: async (tx, step) => {
      await leaveMark(tx, step.settings.id, name);
      return (await added[name]?.(tx, step.settings.id)) ?? outcome;
    },
  }));
}

function leaveMark(tx: Db, client: ClientId, name: string): Promise<number> {
  return tx.execute(sql`
    insert into rewards (client_id, type, name, value_data)
    values (${client}::uuid, 'gift_card', ${`mark ${name}`}, '{"amount": 1}')`);
}

/** The steps whose work was committed, by name. */
export async function marksOf(db: RootDb, client: ClientId): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ name: string }>(sql`select name from rewards where client_id = ${client}::uuid order by name`),
  );
  return rows.map((row) => row.name.replace("mark ", ""));
}

/** What a runner needs, quiet and with marking steps unless said otherwise. */
export function runnerDeps(more: Partial<RunnerDeps> = {}): RunnerDeps {
  return {
    now: () => new Date("2026-11-22T09:00:00Z"),
    log: createLog({ level: "silent" }),
    inboxDir: "/nowhere",
    uploadLimitBytes: 1_000_000,
    steps: markingSteps(),
    ...more,
  };
}

/** A queued run of the client. */
export async function aRun(db: RootDb, client: ClientId): Promise<RunId> {
  const start = await startSync(db, someone, client, { inbox: false, now: new Date("2026-11-22T09:00:00Z") });
  expect(start.kind).toBe("started");
  return start.runId as RunId;
}

/** The client's audit entries, oldest first, by action. */
export async function auditOf(db: RootDb, client: ClientId): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ action: string }>(sql`select action from audit_log where client_id = ${client}::uuid order by at`),
  );
  return rows.map((row) => row.action);
}
