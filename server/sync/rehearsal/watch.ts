/** Looks after a rehearsal: its process is known to live, and while its line is open nobody waits for it and it has an end. */
import type { Log } from "../../base/log.ts";
import type { Line } from "./line.ts";
import { ended } from "./rules.ts";

export interface WatchOptions {
  limitMs: number;
  watchMs: number;
  log: Log;
}

export interface BeatOptions {
  beatMs: number;
  log: Log;
  /** a sign of life; false when the rehearsal was ended elsewhere */
  beat: () => Promise<boolean>;
  onEnded: () => Promise<void>;
}

/** Sees plain SQL that waits for a row of ours, and whoever wants a whole table. */
const IS_IN_THE_WAY = `
  select exists (
    select from pg_locks l where not l.granted and l.pid <> $1 and $1 = any (pg_blocking_pids(l.pid))
  ) as yes`;

/** Starts watching. `stop` waits for the last look. */
export function startWatch(line: Line, options: WatchOptions): { stop: () => Promise<void> } {
  const look = async () => {
    try {
      const { rows } = await line.db.owner.query<{ yes: boolean }>(IS_IN_THE_WAY, [line.pid]);
      if (rows[0]?.yes === true) await line.cut(ended("write"));
    } catch (error) {
      options.log.warn({ err: error }, "a look after a rehearsal failed");
    }
  };
  const looking = repeated(look, options.watchMs);
  const limit = setTimeout(() => void line.cut(ended("time_limit")), options.limitMs);
  return {
    async stop() {
      clearTimeout(limit);
      await looking.stop();
    },
  };
}

/** Says again and again that the process lives, from the first moment: making a large file ready alone may take minutes. */
export function startBeat({ beatMs, log, beat, onEnded }: BeatOptions): { stop: () => Promise<void> } {
  return repeated(async () => {
    try {
      if (!(await beat())) await onEnded();
    } catch (error) {
      log.warn({ err: error }, "a rehearsal could not say that it lives");
    }
  }, beatMs);
}

/** Does something again and again, never twice at once; it does not throw. `stop` waits for the last time. */
function repeated(work: () => Promise<void>, everyMs: number): { stop: () => Promise<void> } {
  let working: Promise<void> | null = null;
  const timer = setInterval(() => {
    working ??= work().finally(() => {
      working = null;
    });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
