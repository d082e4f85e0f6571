/** What `/metrics` tells of the nights, read from the database when it is asked: it is the same whichever process answers. */
import { Gauge, type Registry } from "prom-client";
import type { QueryResultRow } from "pg";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { MISSED_AFTER_MS } from "../schedule/due-rules.ts";

interface Options {
  db: RootDb;
  log: Log;
  now: () => Date;
}

type Ask = <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/** Registers the gauges and answers what fills them; call it before every reading. A database that does not answer empties them. */
export function watchSyncs(register: Registry, { db, log, now }: Options): () => Promise<void> {
  const gauges = makeGauges(register);
  const ask: Ask = async (text, values) => (await db.owner.query(text, values)).rows;
  return async () => {
    try {
      await fillClients(gauges, ask, now());
      await fillRuns(gauges, ask);
      await fillSteps(gauges, ask);
    } catch (error) {
      for (const gauge of Object.values(gauges)) gauge.reset();
      log.warn({ err: error }, "the figures of the syncs could not be read for the metrics");
    }
  };
}

type Gauges = ReturnType<typeof makeGauges>;

function makeGauges(register: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge<Label>({ name, help, labelNames, registers: [register] });
  return {
    lag: gauge("muster_sync_lag_seconds", "Time since the last successful sync of a client.", ["client"]),
    missed: gauge("muster_sync_missed", "1 while a client's due run is overdue and nothing came of it.", ["client"]),
    next: gauge("muster_sync_next_due_timestamp_seconds", "When a client's next run is due.", ["client"]),
    runs: gauge("muster_sync_runs", "Syncs by client and outcome, all there are.", ["client", "status"]),
    queue: gauge("muster_sync_queue_depth", "Syncs that wait for a worker.", []),
    seconds: gauge("muster_sync_step_seconds", "How long each step of a client's last ended sync took.", [
      "client",
      "step",
    ]),
    rows: gauge("muster_sync_step_rows", "Rows that each step of a client's last ended sync read and wrote.", [
      "client",
      "step",
      "direction",
    ]),
  };
}

/** Emptied only once the new figures are there: two readings at once do not see each other's half. */
function renew(...gauges: { reset: () => void }[]): void {
  for (const gauge of gauges) gauge.reset();
}

async function fillClients({ lag, missed, next }: Gauges, ask: Ask, now: Date): Promise<void> {
  const clients = await ask<{ client: string; last: Date | null; due: Date | null; missed: boolean }>(
    `select c.subdomain as client, s.next_due_at as due,
       (select max(r.ended_at) from sync_runs r
         where r.client_id = c.id and r.status in ('succeeded', 'succeeded_with_warnings')) as last,
       coalesce(greatest(s.next_due_at, s.silent_until) < $1, false) as missed
     from clients c left join schedules s on s.client_id = c.id and s.enabled`,
    [new Date(now.getTime() - MISSED_AFTER_MS)],
  );
  renew(lag, missed, next);
  for (const { client, ...of } of clients) {
    // No figure before the first success: 0 would look like one of this moment.
    if (of.last !== null) lag.set({ client }, (now.getTime() - of.last.getTime()) / 1000);
    if (of.due !== null) next.set({ client }, of.due.getTime() / 1000);
    missed.set({ client }, of.missed ? 1 : 0);
  }
}

async function fillRuns({ runs, queue }: Gauges, ask: Ask): Promise<void> {
  const counts = await ask<{ client: string; status: string; count: number }>(
    `select c.subdomain as client, r.status, count(*)::int as count
     from sync_runs r join clients c on c.id = r.client_id group by 1, 2`,
  );
  renew(runs);
  for (const { client, status, count } of counts) runs.set({ client, status }, count);
  queue.set(counts.filter(({ status }) => status === "queued").reduce((sum, { count }) => sum + count, 0));
}

async function fillSteps({ seconds, rows }: Gauges, ask: Ask): Promise<void> {
  const steps = await ask<{ client: string; step: string; seconds: number; rows_in: number; rows_out: number }>(
    `select c.subdomain as client, t.name as step, extract(epoch from t.ended_at - t.started_at)::float8 as seconds,
       t.rows_in, t.rows_out
     from clients c
     cross join lateral (
       select r.id from sync_runs r where r.client_id = c.id and r.ended_at is not null order by r.number desc limit 1
     ) last
     join sync_steps t on t.client_id = c.id and t.run_id = last.id
     where t.started_at is not null and t.ended_at is not null`,
  );
  renew(seconds, rows);
  for (const { client, step, ...of } of steps) {
    seconds.set({ client, step }, of.seconds);
    rows.set({ client, step, direction: "in" }, of.rows_in);
    rows.set({ client, step, direction: "out" }, of.rows_out);
  }
}
