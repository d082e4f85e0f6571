/**
 * Where the replica stands: looked at every two seconds in the background, so that nobody waits for one that is away; all that is
 * known of it here can be looked up again.
 *
 * How old its data is, is told by positions in the primary's log and not by `pg_last_xact_replay_timestamp()`, which stands still
 * while nobody writes, nor by `pg_last_wal_receive_lsn()`, which is replayed entirely also when nothing has come for hours.
 */
import { setMaxListeners } from "node:events";
import { isConnectionLost, sqlStateOf } from "../sql-errors.ts";
import { type Asked, identityOf, positionOfPrimary, positionOfReplica } from "./position.ts";
import { asOfPosition, isFresh, type Mark, type ReplicaState, withMark } from "./rules.ts";
import type { Teller } from "./teller.ts";

const LOOK_MS = 2_000;
/** A primary that knows no positions, keeps them to itself, or has no such function has no replica that could be measured. */
const UNANSWERABLE = new Set(["0A000", "42501", "42883"]);

export interface ReplicaReport {
  state: ReplicaState;
  /** Its data is at least as new as this; null: not known. */
  asOf: Date | null;
  behindSeconds: number | null;
  /** Since when it is in this state. */
  since: Date;
}

interface Watched {
  primary: Asked;
  replica: Asked;
  teller: Teller;
  /** How many may listen to `broken` at once; more would be some that never stopped, which Node warns of. */
  listeners: number;
}

export class Watch {
  readonly #primary: Asked;
  readonly #replica: Asked;
  readonly #teller: Teller;
  readonly #listeners: number;
  readonly #timer: NodeJS.Timeout;
  #marks: Mark[] = [];
  #state: ReplicaState = "starting";
  #since = new Date();
  #asOf: Date | null = null;
  #failures = 0;
  #broken: AbortController;
  #looking: Promise<void> | null = null;

  constructor({ primary, replica, teller, listeners }: Watched) {
    this.#primary = primary;
    this.#replica = replica;
    this.#teller = teller;
    this.#listeners = listeners;
    this.#broken = this.#unbroken();
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref();
    void this.look();
  }

  /** Aborted when the replica is gone for good, so that nobody waits for an answer which the network has lost. */
  get broken(): AbortSignal {
    return this.#broken.signal;
  }

  /** A look that hangs does not keep the replica in use. */
  get state(): ReplicaState {
    return this.#state === "in_use" && !isFresh(this.#asOf, Date.now()) ? "behind" : this.#state;
  }

  /** The instant whose data a server that has replayed so far holds at least; null when that is longer ago than is remembered. */
  asOfPosition(replayed: bigint): Date | null {
    return asOfPosition(this.#marks, replayed);
  }

  report(): ReplicaReport {
    const behind = this.#asOf === null ? null : Math.max(0, Math.round((Date.now() - this.#asOf.getTime()) / 1000));
    return { state: this.state, asOf: this.#asOf, behindSeconds: behind, since: this.#since };
  }

  /** Looks where both servers stand. Never throws; one look at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Ends the looks, and what listens to `broken`. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#broken.abort(new Error("the database is being closed"));
    await this.#looking;
  }

  async #look(): Promise<void> {
    const primary = await this.#askPrimary(async (server) => {
      await this.#mark(server);
      return identityOf(server);
    });
    if (primary === null) return;
    try {
      const state = await this.#judge(primary);
      if (state !== null) this.#enter(state);
      this.#failures = 0;
    } catch (error) {
      this.#enter("away", error);
      this.#failures += 1;
      // Once may be a busy replica, whose downloads under way are not to be broken off.
      if (this.#failures === 2) this.#broken.abort(new Error("the replica is gone", { cause: error }));
    }
  }

  /** Null where the primary did not say what the replica would have to be compared with. Throws where the replica does not answer. */
  async #judge(primary: string): Promise<ReplicaState | null> {
    const replayed = await positionOfReplica(this.#replica);
    if (replayed === null || (await identityOf(this.#replica)) !== primary) return "foreign";
    if (replayed > this.#marks.at(-1)!.position) {
      const written = await this.#askPrimary(positionOfPrimary);
      if (written === null) return null;
      // A replica is never ahead of its primary: one that is follows another, from which this one parted.
      if (replayed > written) return "foreign";
    }
    this.#asOf = this.asOfPosition(replayed);
    if (isFresh(this.#asOf, Date.now())) return "in_use";
    // Until marks are as old as data may be, none that it has reached says nothing.
    return this.#asOf === null && isFresh(new Date(this.#marks[0]!.at), Date.now()) ? "starting" : "behind";
  }

  /**
   * The primary's answer; null where it gives none. That says nothing of the replica, whose state stays: what is known of it gets
   * older by itself, and a primary that is away is told of by others.
   */
  async #askPrimary<T>(question: (primary: Asked) => Promise<T>): Promise<T | null> {
    try {
      return await question(this.#primary);
    } catch (error) {
      if (UNANSWERABLE.has(sqlStateOf(error) ?? "")) this.#enter("foreign", error);
      else if (!isConnectionLost(error)) this.#teller.tellFailure("unmeasured", error);
      return null;
    }
  }

  async #mark(primary: Asked): Promise<void> {
    // The clock first: what is committed after it may or may not be before the position.
    const at = Date.now();
    this.#marks = withMark(this.#marks, { at, position: await positionOfPrimary(primary) });
  }

  #enter(state: ReplicaState, error?: unknown): void {
    if (state === "in_use" && this.#broken.signal.aborted) this.#broken = this.#unbroken();
    if (state !== this.#state) {
      this.#state = state;
      this.#since = new Date();
      if (state === "foreign") this.#asOf = null;
    }
    this.#teller.tellState(state, { err: error, asOf: this.#asOf });
  }

  #unbroken(): AbortController {
    const made = new AbortController();
    setMaxListeners(this.#listeners, made.signal);
    return made;
  }
}
