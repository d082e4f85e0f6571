import { pino } from "pino";
import { expect, it } from "vitest";
import { sql } from "../../db/db.ts";
import { withOwner } from "../../db/tx.ts";
import { asOwner } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import { othersWait } from "../../testing/waiting.ts";
import { startWatch } from "./watch.ts";

const db = testDatabase();
const now = () => new Date("2026-11-26T12:00:00Z");

it("a look ends when both halves have, each with its own trouble: it is not overtaken, and `stop` waits for it", async () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(line) });
  await asOwner(db, (owner) => owner.execute(sql`alter function silent_seed_jobs(timestamptz) rename to broken`));
  const order: string[] = [];
  await withOwner(db, (other) =>
    withOwner(db, async (watcher) => {
      await other.query("begin");
      await other.query("lock table sync_runs in access exclusive mode");
      const watch = startWatch(db, { now, log, watchMs: 1 });
      await othersWait(watcher);
      const waiting = async () => {
        const { rowCount } = await watcher.query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return rowCount;
      };
      // Far more of its ticks than the broken half takes to fail.
      for (let round = 0; round < 100; round += 1) expect(await waiting()).toBe(1);
      const stopped = watch.stop().then(() => order.push("stopped"));
      expect(await waiting()).toBe(1);
      order.push("released");
      await other.query("rollback");
      await stopped;
    }),
  );
  expect(order).toEqual(["released", "stopped"]);
  const told = lines.map((line) => JSON.parse(line) as { msg: string });
  expect(told.map(({ msg }) => msg)).toEqual(["large seedings could not be looked after"]);
});
