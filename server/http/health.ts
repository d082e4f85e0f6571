import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { QueryResultRow } from "pg";
import type { Log } from "../base/log.ts";
import { pendingMigrations } from "../db/migrate.ts";
import type { RootDb } from "../db/pools.ts";
import type { ReplicaReport } from "../db/replica/watch.ts";
import { countOverdue } from "../schedule/overdue.ts";

export interface HealthReport {
  status: "ok" | "unavailable";
  database: "reachable" | "unreachable";
  migrations: "current" | "pending" | "unknown";
  /** programmes whose nightly run is overdue, as the database tells, whether a scheduler lives or not; null: not known */
  missedRuns: number | null;
  /** where lists and downloads may come from, when one was named; that it is away fails nothing, as the primary does its work */
  replica?: ReplicaReport;
}

/** The pool waits ten seconds for a database that comes back; whoever asks for health wants to know now. */
const PATIENCE_MS = 3_000;

interface HealthOptions {
  db: RootDb;
  log: Log;
  now: () => Date;
}

/**
 * `GET /health`: 200 while the database answers and knows every migration of the code, else 503 saying which fails. Missed runs
 * are told and fail nothing: a restart of this process would be the wrong answer to them.
 */
export function registerHealth(app: FastifyInstance, { db, log, now }: HealthOptions): void {
  app.get("/health", { config: { rateLimit: { max: 300, timeWindow: "1 minute" } } }, async (_request, reply) => {
    const report = await examine(db, log, now());
    return reply
      .code(report.status === "ok" ? 200 : 503)
      .header("cache-control", "no-store")
      .send(db.replica === null ? report : { ...report, replica: db.replica.report() });
  });
}

const UNREACHABLE: HealthReport = {
  status: "unavailable",
  database: "unreachable",
  migrations: "unknown",
  missedRuns: null,
};

async function examine(db: RootDb, log: Log, now: Date): Promise<HealthReport> {
  const late = new AbortController();
  try {
    const report = await Promise.race([ask(db, now), wait(PATIENCE_MS, null, { signal: late.signal, ref: false })]);
    return report ?? UNREACHABLE;
  } catch (error) {
    log.warn({ err: error }, "the database does not answer the health check");
    return UNREACHABLE;
  } finally {
    late.abort();
  }
}

async function ask(db: RootDb, now: Date): Promise<HealthReport> {
  const pending = await pendingMigrations(
    async (text) => (await db.owner.query<{ migration_name: string }>(text)).rows,
  );
  if (pending.length > 0) {
    return { status: "unavailable", database: "reachable", migrations: "pending", missedRuns: null };
  }
  const rows = async <Row extends object>(text: string, values: unknown[]) =>
    (await db.owner.query<Row & QueryResultRow>(text, values)).rows;
  const missedRuns = await countOverdue(rows, now);
  return { status: "ok", database: "reachable", migrations: "current", missedRuns };
}
