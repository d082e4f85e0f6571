/**
 * Reads that may be a little old: from the replica where there is one, else from the primary, which also does whatever the replica
 * cannot. To choose this is to say that the answer decides nothing and shows nobody what they have just changed; whoever shows it
 * says as of when it is.
 */
import type pg from "pg";
import type { ClientId } from "../../base/ids.ts";
import { isUuid } from "../../base/ids.ts";
import type { Db } from "../db.ts";
import { homeOf } from "../homes.ts";
import { REQUEST_ROLE, type RootDb } from "../pools.ts";
import { inClient, pgDb, type TxOptions } from "../tx.ts";
import type { Replica } from "./replica.ts";

export interface MaybeStale<T> {
  answer: T;
  /** The answer is at least as new as this; null: it comes from the primary and is as of now. */
  asOf: Date | null;
}

/** A page takes milliseconds: a replica that needs so long for one has too much to do, and the primary still has time for it. */
const TIMEOUT_MS = 10_000;
/** So long is waited for a server that says nothing at all. */
const SILENCE_MS = TIMEOUT_MS + 2_000;

export interface StaleOptions extends Omit<TxOptions, "retry"> {
  /** Where a list is shown in several places, whether this one is such that it may be old; true unless said otherwise. */
  mayBeStale?: boolean | undefined;
}

/** As `inClient`, for reading alone, where the answer may be up to 30 s old (MOST_BEHIND_MS). */
export async function inClientMaybeStale<T>(
  db: RootDb,
  client: ClientId,
  work: (tx: Db) => Promise<T>,
  { mayBeStale = true, ...options }: StaleOptions = {},
): Promise<MaybeStale<T>> {
  const home = await homeOf(db, client);
  return preferReplica(mayBeStale && home.schema === null ? db.replica : null, "app", {
    onReplica: (replica) => readOn(replica, client, work, options),
    onPrimary: async () => ({ answer: await inClient(db, client, work, options), asOf: null }),
  });
}

interface Ways<T> {
  onReplica: (replica: Replica) => Promise<T>;
  onPrimary: () => Promise<T>;
  /** Whether nobody waits for the answer any more. */
  isGivenUp?: () => boolean;
}

/** The choice between the two; counted by the replica, and no state of its own. */
export async function preferReplica<T>(replica: Replica | null, pool: "app" | "exports", ways: Ways<T>): Promise<T> {
  if (replica === null || !replica.isOpenFor(pool)) return ways.onPrimary();
  try {
    const answer = await ways.onReplica(replica);
    replica.count("replica");
    return answer;
  } catch (error) {
    if (ways.isGivenUp?.() === true) throw error;
    replica.noteFailure(error);
    return ways.onPrimary();
  }
}

/** What every transaction on the replica begins with; set here and not when connecting, where a pooler may drop it. */
export function replicaScope(client: ClientId): string {
  // SET takes no parameters, so the id goes into the statement's text: the pattern is the guard.
  if (!isUuid(client)) throw new TypeError("a read needs a client id");
  return `set local role ${REQUEST_ROLE}; set local app.client_id = '${client}'; set local timezone = 'UTC'`;
}

async function readOn<T>(
  replica: Replica,
  client: ClientId,
  work: (tx: Db) => Promise<T>,
  { isolation = "read committed" }: TxOptions,
): Promise<MaybeStale<T>> {
  const begin = `begin isolation level ${isolation} read only; ${replicaScope(client)};
    set local statement_timeout = ${TIMEOUT_MS}`;
  const connection = await replica.app.connect();
  try {
    const read = await unlessLost(replica.broken, readWith(replica, connection, begin, work));
    connection.release();
    return read;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

async function readWith<T>(
  replica: Replica,
  connection: pg.PoolClient,
  begin: string,
  work: (tx: Db) => Promise<T>,
): Promise<MaybeStale<T>> {
  const asOf = await replica.asOfOn(connection);
  await connection.query(begin);
  const answer = await work(pgDb(connection));
  await connection.query("commit");
  return { answer, asOf };
}

/**
 * The work's outcome; fails as soon as the replica is broken, or has said nothing for SILENCE_MS. Listens itself: what AbortSignal.any
 * makes of a signal stays in that signal's list, and this one lives as long as the process (Node 20: an entry for every read).
 */
async function unlessLost<T>(broken: AbortSignal, work: Promise<T>): Promise<T> {
  let stopWaiting = () => {};
  const lost = new Promise<never>((_, fail) => {
    const onBroken = () => fail(broken.reason as Error);
    const silence = setTimeout(() => fail(new Error(`the replica said nothing for ${SILENCE_MS} ms`)), SILENCE_MS);
    stopWaiting = () => {
      clearTimeout(silence);
      broken.removeEventListener("abort", onBroken);
    };
    broken.addEventListener("abort", onBroken);
    if (broken.aborted) onBroken();
  });
  try {
    return await Promise.race([work, lost]);
  } finally {
    stopWaiting();
  }
}
