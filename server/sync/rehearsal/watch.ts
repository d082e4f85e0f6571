/** Looks after a line while it is open: nobody waits for it, it has an end, and its process is known to live. */
import type { Log } from "../../base/log.ts";
import type { RootDb } from "../../db/pools.ts";
import type { Line } from "./line.ts";
import { BEAT_MS, ended } from "./rules.ts";

export interface WatchOptions {
  limitMs: number;
  watchMs: number;
  log: Log;
  /** a sign of life; false when the rehearsal was ended elsewhere */
  beat: () => Promise<boolean>;
}

/** Sees plain SQL that waits for a row of ours, and whoever wants a whole table. */
const IS_IN_THE_WAY = `
  select exists (
    select from pg_locks l where not l.granted and l.pid <> $1 and $1 = any (pg_blocking_pids(l.pid))
  ) as yes`;

/** Starts watching. `stop` waits for the last look. */
export function startWatch(db: RootDb, line: Line, options: WatchOptions): { stop: () => Promise<void> } {
  let looking: Promise<void> | null = null;
  let beatAt = Date.now();
  const look = async () => {
    try {
      const { rows } = await db.owner.query<{ yes: boolean }>(IS_IN_THE_WAY, [line.pid]);
      if (rows[0]?.yes === true) await line.cut(ended("write"));
      if (Date.now() - beatAt < BEAT_MS) return;
      beatAt = Date.now();
      if (!(await options.beat())) await line.cut(ended("stopped"));
    } catch (error) {
      options.log.warn({ err: error }, "a look after a rehearsal failed");
    }
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null;
    });
  }, options.watchMs);
  const limit = setTimeout(() => void line.cut(ended("time_limit")), options.limitMs);
  return {
    async stop() {
      clearInterval(timer);
      clearTimeout(limit);
      await looking;
    },
  };
}
