/** A copy that follows the database by streaming replication, for reads that may be a little old: its connections, and who reads there. */
import type pg from "pg";
import { AppError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { createHastyPool } from "../pool.ts";
import { isConnectionLost, isRetryable } from "../sql-errors.ts";
import { type Asked, positionOfReplica } from "./position.ts";
import { isFresh, type Served } from "./rules.ts";
import { Teller } from "./teller.ts";
import { type ReplicaReport, Watch } from "./watch.ts";

const LOOK_TIMEOUT_MS = 1_500;
/** Connections for lists and for downloads. */
const LISTS = 10;
const DOWNLOADS = 4;

export interface ReplicaOptions {
  /** The request role on the replica. */
  asRequest: pg.PoolConfig;
  /** Whoever the address names: looks, and ends statements of his own. */
  asOwner: pg.PoolConfig;
  primary: Asked;
  log: Log;
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
  readonly #teller: Teller;
  readonly #watch: Watch;

  constructor({ asRequest, asOwner, primary, log }: ReplicaOptions) {
    this.app = createHastyPool({ ...asRequest, max: LISTS });
    this.exports = createHastyPool({ ...asRequest, max: DOWNLOADS });
    this.owner = createHastyPool({ ...asOwner, max: 2, query_timeout: LOOK_TIMEOUT_MS });
    this.#teller = new Teller(log);
    this.#watch = new Watch({ primary, replica: this.owner, teller: this.#teller, listeners: LISTS + DOWNLOADS });
  }

  /** Aborted when the replica is gone for good, so that nobody waits for an answer which the network has lost. */
  get broken(): AbortSignal {
    return this.#watch.broken;
  }

  /** Whether reads of this pool may go to the replica now; none waits for a connection there. */
  isOpenFor(name: "app" | "exports"): boolean {
    const { totalCount, idleCount, waitingCount, options } = this[name];
    const { state } = this.#watch;
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
    const asOf = this.#watch.asOfPosition(replayed);
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
    if (this.broken.aborted || isConnectionLost(error)) {
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
    return this.#watch.report();
  }

  /** Looks where both servers stand. Never throws; one look at a time. */
  look(): Promise<void> {
    return this.#watch.look();
  }

  /** Ends what is under way on the replica; it only reads. */
  async close(): Promise<void> {
    await this.#watch.stop();
    await Promise.all([this.app, this.exports, this.owner].map((pool) => pool.end()));
  }
}

/** Others took the last connection in the same moment. */
function isPoolFull(error: unknown): boolean {
  const { message } = (error instanceof AppError ? error.cause : error) as Partial<Error>;
  return message?.includes("timeout exceeded when trying to connect") === true;
}
