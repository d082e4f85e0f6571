/** Tells readers in this process that events of a run were committed anywhere. Only shortens their wait: they poll as well. */
import pg from "pg";
import type { RootDb } from "../db/pools.ts";
import { SYNC_CHANNEL } from "./sql.ts";

type Wake = () => void;

/** One LISTEN connection per database and process, open while somebody reads. */
class RunSignals {
  readonly #url: string;
  readonly #readers = new Map<string, Set<Wake>>();
  #client: pg.Client | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls `wake` on every signal of the run until the returned function is called. */
  subscribe(run: string, wake: Wake): () => void {
    const wakes = this.#readers.get(run) ?? new Set();
    this.#readers.set(run, wakes.add(wake));
    if (this.#client === null) this.#open();
    return () => {
      wakes.delete(wake);
      if (wakes.size === 0 && this.#readers.get(run) === wakes) this.#readers.delete(run);
      if (this.#readers.size === 0) this.#close();
    };
  }

  #open(): void {
    const client = new pg.Client({ connectionString: this.#url, application_name: "muster listen" });
    this.#client = client;
    const forget = () => {
      // The next reader opens a new one; those that are reading go on by polling.
      if (this.#client === client) this.#client = null;
    };
    client.on("error", forget);
    client.on("end", forget);
    client.on("notification", ({ payload }) => {
      for (const wake of this.#readers.get(payload ?? "") ?? []) wake();
    });
    client
      .connect()
      .then(() => client.query(`listen ${SYNC_CHANNEL}`))
      .catch(forget);
  }

  #close(): void {
    const client = this.#client;
    this.#client = null;
    // A connection that broke meanwhile is closed already.
    client?.end().catch(() => undefined);
  }
}

const signals = new WeakMap<RootDb, RunSignals>();

/** The process's signals of a database. */
export function runSignals(db: RootDb): RunSignals {
  const known = signals.get(db) ?? new RunSignals(db.url);
  signals.set(db, known);
  return known;
}
