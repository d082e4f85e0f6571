/**
 * A long answer read a thousand rows at a time, so that a million go out in constant memory.
 *
 * A declared cursor and not a portal (pg-query-stream): between two executions of a portal the server waits inside the statement,
 * where `idle_in_transaction_session_timeout` never ends it (tried: still there after three times the limit). Between two FETCHes
 * it is idle in transaction. And a declared cursor is planned for its first rows, so that they come at once.
 */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import type { ClientId } from "../base/ids.ts";
import { isUuid } from "../base/ids.ts";
import { type Db, type Sql, sql } from "./db.ts";
import { entering, inHome } from "./homes.ts";
import { borrow, type Loan, type Place } from "./loan.ts";
import type { RootDb } from "./pools.ts";
import type { Replica } from "./replica/replica.ts";
import { preferReplica, replicaScope } from "./replica/stale.ts";

const ROWS_AT_ONCE = 1_000;
const NEXT_ROWS = sql`fetch 1000 from answer`;
/** The first FETCH may have to sort everything; the others take milliseconds. */
const STATEMENT_MS = 120_000;
/** A reader who takes nothing for so long is gone, and an open snapshot keeps old rows from being cleaned away. */
const IDLE_MS = 60_000;
/** So long the first rows may take before the answer begins without them. */
const PATIENCE_MS = 500;

export interface Answer<Head, Row> {
  head: Head;
  /** What fails at once has failed before; the first rows are read already, or take long. To be walked through once. */
  batches: AsyncGenerator<Row[]>;
  /** The rows are at least as new as this; null: they come from the primary and are as of now. */
  asOf: Date | null;
}

interface Options {
  signal: AbortSignal;
  idleMs?: number | undefined;
  /** Whether the answer decides nothing and may be up to 30 s old: then a replica does the work where there is one. */
  mayBeStale?: boolean | undefined;
}

type Prepare<Head> = (tx: Db) => Promise<{ head: Head; statement: Sql }>;

/**
 * Opens a read-only transaction of the request role that sees this client's rows in one snapshot; `prepare` looks up what it
 * needs in it and names the statement whose rows are answered. The connection goes back after the last row. After an error, when
 * the reader stops early and when `signal` is aborted, the statement under way is ended and the connection thrown away.
 * Throws `unavailable` while all connections for downloads are taken.
 */
export async function readInClient<Head, Row extends object>(
  db: RootDb,
  client: ClientId,
  prepare: Prepare<Head>,
  options: Options,
): Promise<Answer<Head, Row>> {
  // SET takes no parameters, so the id goes into the statement's text: the pattern is the guard.
  if (!isUuid(client)) throw new TypeError("readInClient needs a client id");
  return await inHome(db, client, async (home) => {
    // It only reads, so Citus hands none of this on to other nodes.
    const scope = [...entering(home, "local"), `set local app.client_id = '${client}'`].join("; ");
    const onPrimary = () => openAnswer<Head, Row>(home.db, scope, prepare, options);
    if (options.mayBeStale !== true) return await onPrimary();
    return await preferReplica(home.schema === null ? db.replica : null, "exports", {
      onReplica: (replica) => openOnReplica<Head, Row>(replica, client, prepare, options),
      onPrimary,
      isGivenUp: () => options.signal.aborted,
    });
  });
}

async function openOnReplica<Head, Row extends object>(
  replica: Replica,
  client: ClientId,
  prepare: Prepare<Head>,
  options: Options,
): Promise<Answer<Head, Row>> {
  const opened = await openAnswer<Head, Row>(replica, replicaScope(client), prepare, options, {
    broken: replica.broken,
    asOfOn: (connection) => replica.asOfOn(connection),
  });
  return { ...opened, batches: noting(replica, options.signal, opened.batches) };
}

/** What fails after the first rows cannot be begun anew elsewhere; it is told all the same. */
async function* noting<Row>(
  replica: Replica,
  signal: AbortSignal,
  batches: AsyncGenerator<Row[]>,
): AsyncGenerator<Row[]> {
  try {
    yield* batches;
  } catch (error) {
    if (!signal.aborted) replica.noteFailure(error);
    throw error;
  }
}

/** What a replica has beside a primary. */
interface Copy {
  /** Aborted when it is gone. */
  broken: AbortSignal;
  asOfOn: (connection: pg.PoolClient) => Promise<Date>;
}

async function openAnswer<Head, Row extends object>(
  place: Place,
  scope: string,
  prepare: Prepare<Head>,
  { signal, idleMs = IDLE_MS }: Options,
  copy: Copy | null = null,
): Promise<Answer<Head, Row>> {
  const loan = await borrow(place, copy === null ? [signal] : [signal, copy.broken]);
  try {
    const asOf = copy === null ? null : await copy.asOfOn(loan.connection);
    // Set here and not when connecting: a pooler between us may drop start-up options.
    await loan.begin(`${scope}; set local timezone = 'UTC';
      set local statement_timeout = ${STATEMENT_MS}; set local idle_in_transaction_session_timeout = ${idleMs}`);
    const { head, statement } = await prepare(loan.tx);
    await loan.tx.execute(sql`declare answer no scroll cursor for ${statement}`);
    const first = loan.tx.query<Row>(NEXT_ROWS);
    await Promise.race([first, wait(PATIENCE_MS, null, { ref: false })]);
    // From here on its failure is told to whoever walks through the batches, if anybody does.
    first.catch(() => undefined);
    return { head, batches: batchesOf(loan, first), asOf };
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
