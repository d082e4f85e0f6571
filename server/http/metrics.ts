/** `GET /metrics` for Prometheus: requests by route and status, the pools, the process, and the nights (sync-metrics.ts). */
import { createHash, timingSafeEqual } from "node:crypto";
import { isIPv6 } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { AppError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { watchReplica } from "./replica-metrics.ts";
import { watchSyncs } from "./sync-metrics.ts";

interface MetricsOptions {
  db: RootDb;
  token: string | undefined;
  log: Log;
  now: () => Date;
}

/** Counts every request and answers the figures on loopback; elsewhere only with METRICS_TOKEN as a bearer token. */
export function registerMetrics(app: FastifyInstance, { db, token, log, now }: MetricsOptions): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  watchPools(register, db);
  if (db.replica !== null) watchReplica(register, db.replica);
  const readSyncs = watchSyncs(register, { db, log, now });
  const seconds = new Histogram({
    name: "muster_http_request_duration_seconds",
    help: "How long requests took, by route and status.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [register],
  });
  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, never the path: ids would make a series each.
    const route = request.routeOptions.url ?? "none";
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get("/metrics", { logLevel: "silent" }, async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, token)) {
      throw new AppError("forbidden", "Metrics are answered on this machine itself, elsewhere with METRICS_TOKEN.");
    }
    await readSyncs();
    return reply.type(register.contentType).send(await register.metrics());
  });
}

/** A node of a cluster has pools of its own, which its address tells apart; no address is the database of DATABASE_URL. */
function watchPools(register: Registry, db: RootDb): void {
  const { replica } = db;
  const copies = replica === null ? {} : { replica: replica.app, "replica exports": replica.exports };
  const gauge = new Gauge({
    name: "muster_database_connections",
    help: "Connections by pool, node and state; waiting counts those who wait for one.",
    labelNames: ["pool", "node", "state"],
    registers: [register],
    collect: () => {
      tell({ ...poolsOf(db), ...copies }, {});
      for (const [node, reached] of db.homes.reached()) tell(poolsOf(reached), { node });
    },
  });

  function tell(pools: Record<string, pg.Pool>, labels: { node?: string }): void {
    for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
      gauge.set({ pool, ...labels, state: "open" }, totalCount);
      gauge.set({ pool, ...labels, state: "idle" }, idleCount);
      gauge.set({ pool, ...labels, state: "waiting" }, waitingCount);
    }
  }
}

function poolsOf({ app, owner, exports }: RootDb): Record<string, pg.Pool> {
  return { app, owner, exports };
}

/** A proxy on this machine speaks for somebody elsewhere, so the connection alone does not tell. */
function isLocal(request: FastifyRequest): boolean {
  const isForwarded = ["x-forwarded-for", "x-real-ip", "forwarded"].some((name) => name in request.headers);
  return !isForwarded && isLoopback(request.socket.remoteAddress ?? "");
}

function isLoopback(address: string): boolean {
  if (isIPv6(address)) return address === "::1" || address.toLowerCase().startsWith("::ffff:127.");
  return address.startsWith("127.");
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false;
  const given = request.headers.authorization ?? "";
  return timingSafeEqual(digest(given), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
