/**
 * A long answer read a thousand rows at a time, so that a million go out in constant memory.
 *
 * A declared cursor and not a portal (pg-query-stream): between two executions of a portal the server waits inside the statement,
 * where `idle_in_transaction_session_timeout` never ends it (tried: still there after three times the limit). Between two FETCHes
 * it is idle in transaction. And a declared cursor is planned for its first rows, so that they come at once.
 */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { isUuid } from "../base/ids.ts";
import { type Db, type Sql, sql } from "./db.ts";
import type { RootDb } from "./pools.ts";
import { pgDb } from "./tx.ts";

const ROWS_AT_ONCE = 1_000;
const NEXT_ROWS = sql`fetch 1000 from answer`;
/** The first FETCH may have to sort everything; the others take milliseconds. */
const STATEMENT_MS = 120_000;
/** A reader who takes nothing for so long is gone, and an open snapshot keeps old rows from being cleaned away. */
const IDLE_MS = 60_000;
/** So long the first rows may take before the answer begins without them. */
const PATIENCE_MS = 500;
const LONGEST_MS = 30 * 60_000;

export interface Answer<Head, Row> {
  head: Head;
  /** What fails at once has failed before; the first rows are read already, or take long. To be walked through once. */
  batches: AsyncGenerator<Row[]>;
}

/**
 * Opens a read-only transaction of the request role that sees this client's rows in one snapshot; `prepare` looks up what it
 * needs in it and names the statement whose rows are answered. The connection goes back after the last row. After an error, when
 * the reader stops early and when `signal` is aborted, the statement under way is ended and the connection thrown away.
 * Throws `unavailable` while all connections for downloads are taken.
 */
export async function readInClient<Head, Row extends object>(
  db: RootDb,
  client: ClientId,
  prepare: (tx: Db) => Promise<{ head: Head; statement: Sql }>,
  { signal, idleMs = IDLE_MS }: { signal: AbortSignal; idleMs?: number },
): Promise<Answer<Head, Row>> {
  // SET takes no parameters, so the id goes into the statement's text: the pattern is the guard.
  if (!isUuid(client)) throw new TypeError("readInClient needs a client id");
  const loan = await borrow(db, AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]));
  try {
    // Set here and not when connecting: a pooler between us may drop start-up options.
    await loan.begin(`set local app.client_id = '${client}'; set local timezone = 'UTC';
      set local statement_timeout = ${STATEMENT_MS}; set local idle_in_transaction_session_timeout = ${idleMs}`);
    const { head, statement } = await prepare(loan.tx);
    await loan.tx.execute(sql`declare answer no scroll cursor for ${statement}`);
    const first = loan.tx.query<Row>(NEXT_ROWS);
    await Promise.race([first, wait(PATIENCE_MS, null, { ref: false })]);
    // From here on its failure is told to whoever walks through the batches, if anybody does.
    first.catch(() => undefined);
    return { head, batches: batchesOf(loan, first) };
  } catch (error) {
    loan.drop();
    throw error;
  }
}

async function* batchesOf<Row extends object>(loan: Loan, first: Promise<Row[]>): AsyncGenerator<Row[]> {
  try {
    let rows = await first;
    while (rows.length > 0) {
      yield rows;
      rows = rows.length < ROWS_AT_ONCE ? [] : await loan.tx.query<Row>(NEXT_ROWS);
    }
    await loan.giveBack();
  } finally {
    loan.drop();
  }
}

async function borrow(db: RootDb, signal: AbortSignal): Promise<Loan> {
  try {
    return new Loan(db, await db.exports.connect(), signal);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("timeout exceeded"))) throw error;
    const busy = `${db.exports.options.max} downloads are under way, which is as many as there may be. Try again when one is done.`;
    throw new AppError("unavailable", busy, { cause: error });
  }
}

/** One connection of the pool, given back or thrown away once. */
class Loan {
  readonly tx: Db;
  readonly #db: RootDb;
  readonly #connection: pg.PoolClient;
  readonly #signal: AbortSignal;
  /** Not `connection.processID`, which a pooler makes up. */
  #pid: number | null = null;
  #isOver = false;

  constructor(db: RootDb, connection: pg.PoolClient, signal: AbortSignal) {
    this.#db = db;
    this.#connection = connection;
    this.#signal = signal;
    this.tx = pgDb(connection);
    // A generator that nobody has begun to read has no `finally` to run: the signal ends the loan without it.
    if (signal.aborted) this.drop();
    signal.addEventListener("abort", this.drop);
  }

  async begin(settings: string): Promise<void> {
    const begin = "begin isolation level repeatable read read only";
    await this.#connection.query(`${begin}; ${settings}`);
    const { rows } = await this.#connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    this.#pid = rows[0]!.pid;
  }

  async giveBack(): Promise<void> {
    await this.#connection.query("commit");
    this.#finish(false);
  }

  readonly drop = (): void => {
    if (this.#isOver) return;
    // A closed socket alone the server would not notice before its next row: it may be in the middle of a sort.
    if (this.#pid !== null) {
      this.#db.owner.query("select pg_terminate_backend($1)", [this.#pid]).catch(() => {
        // Where the owner may not, or the server is gone, the closed socket has to do.
      });
    }
    this.#finish(true);
  };

  #finish(isBroken: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#signal.removeEventListener("abort", this.drop);
    this.#connection.release(isBroken);
  }
}
