/**
 * A copy that follows the database by streaming replication, for reads that may be a little old. It is looked at every two seconds
 * in the background, so that nobody waits for one that is away; all that is known of it here can be looked up again.
 *
 * How old its data is, is told by positions in the primary's log and not by `pg_last_xact_replay_timestamp()`, which stands still
 * while nobody writes, nor by `pg_last_wal_receive_lsn()`, which is replayed entirely also when nothing has come for hours.
 */
import { setMaxListeners } from "node:events";
import type pg from "pg";
import { AppError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { createHastyPool } from "../pool.ts";
import { isConnectionLost, isRetryable } from "../sql-errors.ts";
import { identityOf, positionOfPrimary, positionOfReplica } from "./position.ts";
import { asOfPosition, isFresh, type Mark, type ReplicaState, type Served, withMark } from "./rules.ts";
import { Teller } from "./teller.ts";

const LOOK_MS = 2_000;
const LOOK_TIMEOUT_MS = 1_500;
/** Connections for lists and for downloads. */
const LISTS = 10;
const DOWNLOADS = 4;

export interface ReplicaOptions {
  /** The request role on the replica. */
  asRequest: pg.PoolConfig;
  /** Whoever the address names: looks, and ends statements of his own. */
  asOwner: pg.PoolConfig;
  primary: pg.Pool;
  log: Log;
}

export interface ReplicaReport {
  state: ReplicaState;
  /** Its data is at least as new as this; null: not known. */
  asOf: Date | null;
  behindSeconds: number | null;
  /** Since when it is in this state. */
  since: Date;
}

/** The replica cannot be used on the connection that was to be read from. */
class NotUsable extends Error {
  readonly served: Served;
  constructor(served: Served) {
    super(`the replica is ${served}`);
    this.served = served;
  }
}

export class Replica {
  readonly app: pg.Pool;
  readonly exports: pg.Pool;
  readonly owner: pg.Pool;
  /** How many reads each served, since the process started. */
  readonly reads = new Map<Served, number>();
  readonly #primary: pg.Pool;
  readonly #teller: Teller;
  readonly #timer: NodeJS.Timeout;
  #marks: Mark[] = [];
  #state: ReplicaState = "starting";
  #since = new Date();
  #asOf: Date | null = null;
  #failures = 0;
  #broken = brokenSignal();
  #looking: Promise<void> | null = null;

  constructor({ asRequest, asOwner, primary, log }: ReplicaOptions) {
    this.app = createHastyPool({ ...asRequest, max: LISTS });
    this.exports = createHastyPool({ ...asRequest, max: DOWNLOADS });
    this.owner = createHastyPool({ ...asOwner, max: 2, query_timeout: LOOK_TIMEOUT_MS });
    this.#primary = primary;
    this.#teller = new Teller(log);
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref();
    void this.look();
  }

  /** Aborted when the replica is gone for good, so that nobody waits for an answer which the network has lost. */
  get broken(): AbortSignal {
    return this.#broken.signal;
  }

  /** Whether reads of this pool may go to the replica now; none waits for a connection there. */
  isOpenFor(name: "app" | "exports"): boolean {
    const { totalCount, idleCount, waitingCount, options } = this[name];
    const state = this.#current();
    const isFull = options.max - totalCount + idleCount - waitingCount <= 0;
    if (state === "in_use" && !isFull) return true;
    this.count(state === "in_use" ? "busy" : state);
    return false;
  }

  /**
   * How old the data is that a statement begun on this connection from now on sees, asked before its snapshot is taken and on that
   * very connection: behind an address may be several replicas. Throws where it is too old.
   */
  async asOfOn(connection: pg.PoolClient): Promise<Date> {
    const replayed = await positionOfReplica(connection);
    if (replayed === null) throw new NotUsable("foreign");
    const asOf = asOfPosition(this.#marks, replayed);
    if (!isFresh(asOf, Date.now())) throw new NotUsable("behind");
    return asOf;
  }

  count(served: Served): void {
    this.reads.set(served, (this.reads.get(served) ?? 0) + 1);
  }

  /** Notes why a read that the replica had begun goes to the primary. */
  noteFailure(error: unknown): void {
    if (error instanceof NotUsable) return this.count(error.served);
    if (isPoolFull(error)) return this.count("busy");
    // What is not there may have been made a moment ago: the primary knows.
    if (error instanceof AppError) return this.count("refused");
    if (this.#broken.signal.aborted || isConnectionLost(error)) {
      this.count("cut");
      // One connection may be cut alone: by an administrator, or idle in the way of the replay. A look tells that from a replica gone.
      void this.look();
      return;
    }
    const kind = isRetryable(error) ? "conflict" : "failed";
    this.count(kind);
    this.#teller.tellFailure(kind, error);
  }

  report(): ReplicaReport {
    const behind = this.#asOf === null ? null : Math.max(0, Math.round((Date.now() - this.#asOf.getTime()) / 1000));
    return { state: this.#current(), asOf: this.#asOf, behindSeconds: behind, since: this.#since };
  }

  /** Looks where both servers stand. Never throws; one look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Ends what is under way on the replica; it only reads. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#broken.abort(new Error("the database is being closed"));
    await this.#looking;
    await Promise.all([this.app, this.exports, this.owner].map((pool) => pool.end()));
  }

  async #look(): Promise<void> {
    let primary: string;
    try {
      await this.#mark();
      primary = await identityOf(this.#primary);
    } catch (error) {
      // A primary that is away is told by others, and what is known of the replica gets older by itself. One that does not know the
      // question has no replica that could be measured.
      if (!isConnectionLost(error)) this.#enter("foreign", error);
      return;
    }
    try {
      this.#enter(await this.#judge(primary));
      this.#failures = 0;
    } catch (error) {
      this.#enter("away", error);
      this.#failures += 1;
      // Once may be a busy replica, whose downloads under way are not to be broken off.
      if (this.#failures === 2) this.#broken.abort(new Error("the replica is gone", { cause: error }));
    }
  }

  async #judge(primary: string): Promise<ReplicaState> {
    const replayed = await positionOfReplica(this.owner);
    if (replayed === null || (await identityOf(this.owner)) !== primary) return "foreign";
    // A replica is never ahead of its primary: one that is follows another, from which this one parted.
    if (replayed > this.#marks.at(-1)!.position && replayed > (await positionOfPrimary(this.#primary)))
      return "foreign";
    this.#asOf = asOfPosition(this.#marks, replayed);
    if (isFresh(this.#asOf, Date.now())) return "in_use";
    // Until marks are as old as data may be, none that it has reached says nothing.
    return this.#asOf === null && isFresh(new Date(this.#marks[0]!.at), Date.now()) ? "starting" : "behind";
  }

  async #mark(): Promise<void> {
    // The clock first: what is committed after it may or may not be before the position.
    const at = Date.now();
    this.#marks = withMark(this.#marks, { at, position: await positionOfPrimary(this.#primary) });
  }

  /** A look that hangs does not keep the replica in use. */
  #current(): ReplicaState {
    return this.#state === "in_use" && !isFresh(this.#asOf, Date.now()) ? "behind" : this.#state;
  }

  #enter(state: ReplicaState, error?: unknown): void {
    if (state === "in_use" && this.#broken.signal.aborted) this.#broken = brokenSignal();
    if (state !== this.#state) {
      this.#state = state;
      this.#since = new Date();
      if (state === "foreign") this.#asOf = null;
    }
    this.#teller.tellState(state, { err: error, asOf: this.#asOf });
  }
}

/** Each read under way listens to it; more would be some that never stopped, which Node warns of. */
function brokenSignal(): AbortController {
  const made = new AbortController();
  setMaxListeners(LISTS + DOWNLOADS, made.signal);
  return made;
}

/** Others took the last connection in the same moment. */
function isPoolFull(error: unknown): boolean {
  const { message } = (error instanceof AppError ? error.cause : error) as Partial<Error>;
  return message?.includes("timeout exceeded when trying to connect") === true;
}
