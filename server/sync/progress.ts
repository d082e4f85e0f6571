/** A run followed live: its stored events in order, the past ones first, then each as it is committed. */
import { notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { homeOf } from "../db/homes.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findRunById, listEvents } from "./history/sql.ts";
import type { RunEvent } from "./schema.ts";
import { runSignals } from "./signals.ts";

const POLL_MS = 1_000;
const RECHECK_MS = 30_000;

export interface FollowOptions {
  runId: string;
  /** number of the last event the reader has; 0: none */
  after: number;
  signal?: AbortSignal | undefined;
  /** throws when the reader may not read (any more); asked every 30 s */
  recheck: () => Promise<void>;
  recheckMs?: number | undefined;
}

/**
 * Yields the run's events after a number and ends with the run; one that failed and was retried goes on behind its first end. Every read is a transaction of its own, so nothing stays open
 * while the reader waits; a process that dies, or a second server, changes nothing. Throws not_found for another client's run.
 */
export async function* followRun(db: RootDb, client: ClientId, options: FollowOptions): AsyncGenerator<RunEvent> {
  const home = await homeOf(db, client);
  const bell = new Bell(options.signal);
  // Listening starts before the backlog is read: what is committed in between rings.
  const unsubscribe = runSignals(home.db).subscribe(options.runId, () => bell.ring());
  try {
    let last = options.after;
    let checkedAt = Date.now();
    while (options.signal?.aborted !== true) {
      const { events, isOver } = await readAfter(db, client, options.runId, last);
      for (const event of events) {
        yield event;
        last = event.number;
      }
      if (events.length > 0) continue;
      if (isOver) return;
      await bell.wait(POLL_MS);
      if (Date.now() - checkedAt >= (options.recheckMs ?? RECHECK_MS)) {
        await options.recheck();
        checkedAt = Date.now();
      }
    }
  } finally {
    unsubscribe();
    bell.close();
  }
}

function readAfter(
  db: RootDb,
  client: ClientId,
  runId: string,
  last: number,
): Promise<{ events: RunEvent[]; isOver: boolean }> {
  return inClient(db, client, async (tx) => {
    // The run first: when it is over, its last event is stored already.
    const run = await findRunById(tx, client, runId);
    if (run === null) throw notFound("This sync");
    return { events: await listEvents(tx, client, runId, last), isOver: run.endedAt !== null };
  });
}

/** Waits for a ring or a time, whichever comes first; a ring while nobody waits is kept. */
class Bell {
  #hasRung = false;
  #wake: (() => void) | null = null;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = () => this.ring();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort);
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake?.();
  }

  async wait(atMostMs: number): Promise<void> {
    if (!this.#hasRung) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, atMostMs);
        this.#wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    this.#wake = null;
    this.#hasRung = false;
  }

  close(): void {
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
