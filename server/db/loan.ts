/** A connection lent to one download. */
import type pg from "pg";
import { AppError } from "../base/errors.ts";
import type { Db } from "./db.ts";
import type { RootDb } from "./pools.ts";
import { pgDb } from "./tx.ts";

/** So long a download may take at most. */
const LONGEST_MS = 30 * 60_000;

/** The server that is read from: its connections for downloads, and those which may end their statements. */
export type Place = Pick<RootDb, "exports" | "owner">;

/** A connection for a download; throws `unavailable` while all are taken. The first of `ends` that is aborted takes it away. */
export async function borrow(place: Place, ends: readonly AbortSignal[]): Promise<Loan> {
  try {
    return new Loan(place, await place.exports.connect(), ends);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("timeout exceeded"))) throw error;
    const busy = `${place.exports.options.max} downloads are under way, which is as many as there may be. Try again when one is done.`;
    throw new AppError("unavailable", busy, { cause: error });
  }
}

/**
 * One connection of the pool, given back or thrown away once. It listens to each signal itself: what AbortSignal.any makes of them
 * stays in the list of one that lives as long as the process, as a replica's does (Node 20).
 */
export class Loan {
  readonly tx: Db;
  readonly connection: pg.PoolClient;
  readonly #place: Place;
  readonly #ends: readonly AbortSignal[];
  readonly #longest: NodeJS.Timeout;
  /** Not `connection.processID`, which a pooler makes up. */
  #pid: number | null = null;
  #isOver = false;

  constructor(place: Place, connection: pg.PoolClient, ends: readonly AbortSignal[]) {
    this.connection = connection;
    this.#place = place;
    this.#ends = ends;
    this.tx = pgDb(connection);
    // A generator that nobody has begun to read has no `finally` to run: signals and timer end the loan without it.
    this.#longest = setTimeout(this.drop, LONGEST_MS).unref();
    for (const signal of ends) signal.addEventListener("abort", this.drop);
    if (ends.some(({ aborted }) => aborted)) this.drop();
  }

  async begin(settings: string): Promise<void> {
    const begin = "begin isolation level repeatable read read only";
    await this.connection.query(`${begin}; ${settings}`);
    const { rows } = await this.connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    this.#pid = rows[0]!.pid;
  }

  async giveBack(): Promise<void> {
    await this.connection.query("commit");
    this.#finish(false);
  }

  readonly drop = (): void => {
    if (this.#isOver) return;
    // A closed socket alone the server would not notice before its next row: it may be in the middle of a sort.
    if (this.#pid !== null) {
      this.#place.owner.query("select pg_terminate_backend($1)", [this.#pid]).catch(() => {
        // Where the owner may not, or the server is gone, the closed socket has to do.
      });
    }
    this.#finish(true);
  };

  #finish(isBroken: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#longest);
    for (const signal of this.#ends) signal.removeEventListener("abort", this.drop);
    this.connection.release(isBroken);
  }
}
