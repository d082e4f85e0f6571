import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Log } from "../base/log.ts";
import { pendingMigrations } from "../db/migrate.ts";
import type { RootDb } from "../db/pools.ts";

export interface HealthReport {
  status: "ok" | "unavailable";
  database: "reachable" | "unreachable";
  migrations: "current" | "pending" | "unknown";
}

/** The pool waits ten seconds for a database that comes back; whoever asks for health wants to know now. */
const PATIENCE_MS = 3_000;

/** `GET /health`: 200 while the database answers and knows every migration of the code, else 503 saying which fails. */
export function registerHealth(app: FastifyInstance, { db, log }: { db: RootDb; log: Log }): void {
  app.get("/health", { config: { rateLimit: { max: 300, timeWindow: "1 minute" } } }, async (_request, reply) => {
    const report = await examine(db, log);
    return reply
      .code(report.status === "ok" ? 200 : 503)
      .header("cache-control", "no-store")
      .send(report);
  });
}

async function examine(db: RootDb, log: Log): Promise<HealthReport> {
  const late = new AbortController();
  try {
    const pending = await Promise.race([
      pendingMigrations(async (text) => (await db.owner.query<{ migration_name: string }>(text)).rows),
      wait(PATIENCE_MS, null, { signal: late.signal, ref: false }),
    ]);
    if (pending === null) return { status: "unavailable", database: "unreachable", migrations: "unknown" };
    const isCurrent = pending.length === 0;
    return {
      status: isCurrent ? "ok" : "unavailable",
      database: "reachable",
      migrations: isCurrent ? "current" : "pending",
    };
  } catch (error) {
    log.warn({ err: error }, "the database does not answer the health check");
    return { status: "unavailable", database: "unreachable", migrations: "unknown" };
  } finally {
    late.abort();
  }
}
