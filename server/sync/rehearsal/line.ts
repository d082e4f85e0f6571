/** The one connection on which a rehearsal is played: its transaction is never committed, and anybody may cut it. */
import type pg from "pg";
import type { ClientId } from "../../base/ids.ts";
import { isUuid } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Db } from "../../db/db.ts";
import { entering, inHome } from "../../db/homes.ts";
import { REQUEST_ROLE, type RootDb, singleConnection } from "../../db/pools.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { pgDb } from "../../db/tx.ts";
import { ended, type Ending, endingOfState } from "./rules.ts";
import { writesAreOver } from "./under-way.ts";

/** Thrown in place of whatever a cut line made fail. */
export class LineCut extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending.failure?.message ?? ending.status);
    this.ending = ending;
  }
}

export class Line {
  readonly tx: Db;
  /** the server that the line leads to */
  readonly db: RootDb;
  readonly #client: pg.Client;
  readonly #log: Log;
  readonly #cut: Promise<never>;
  #reject: (cut: LineCut) => void = () => undefined;
  #pid = 0;
  #why: Ending | null = null;
  #isClosing = false;

  private constructor(db: RootDb, client: pg.Client, log: Log) {
    this.db = db;
    this.#client = client;
    this.#log = log;
    this.tx = pgDb(client);
    this.#cut = new Promise((_, reject) => {
      this.#reject = reject;
    });
    // Nobody may be waiting when it happens.
    this.#cut.catch(() => undefined);
    client.on("error", (error: unknown) => this.#lost(error));
    client.on("end", () => this.#lost(null));
  }

  /** Connects under the name by which `end_rehearsals` finds it (the migration says the same) and begins the transaction. */
  static async open(db: RootDb, client: ClientId, options: { limitMs: number; log: Log }): Promise<Line> {
    // SET takes no parameters, so the id goes into the statement's text: the pattern is the guard.
    if (!isUuid(client)) throw new TypeError("a rehearsal needs a client id");
    return await inHome(db, client, async (home) => {
      const connection = singleConnection(home.db, `muster rehearsal ${client}`);
      const line = new Line(home.db, connection, options.log);
      try {
        await line.#begin(client, entering(home, "session"), options.limitMs);
      } catch (error) {
        await line.close();
        throw error;
      }
      return line;
    });
  }

  async #begin(client: ClientId, statements: readonly string[], limitMs: number): Promise<void> {
    const connection = this.#client;
    await connection.connect();
    const { rows } = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
    this.#pid = rows[0]!.pid;
    for (const statement of statements) await connection.query(statement);
    await writesAreOver(connection);
    // One look at the world for all eight steps: what others commit meanwhile is not half in it.
    await connection.query(
      `begin isolation level repeatable read; set local app.client_id = '${client}';
       set local statement_timeout = ${limitMs}; set local timezone = 'UTC'; set local role ${REQUEST_ROLE}`,
    );
  }

  get pid(): number {
    return this.#pid;
  }

  /** Waits for work on the line, but no longer than the line holds; a line that is cut throws `LineCut`. */
  async hold<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#cut]);
    } catch (error) {
      const why = this.#why ?? endingOfState(sqlStateOf(error));
      throw why === null || error instanceof LineCut ? error : new LineCut(why);
    }
  }

  /** Lends the connection as the owner, inside the same transaction: COPY is refused to the request role. */
  async asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
    await this.#client.query("set local role none");
    const result = await work(this.#client);
    await this.#client.query(`set local role ${REQUEST_ROLE}`);
    return result;
  }

  /** Ends the line from outside, whatever it is doing; the first reason counts. */
  async cut(why: Ending): Promise<void> {
    if (this.#why !== null || this.#isClosing) return;
    this.#why = why;
    this.#reject(new LineCut(why));
    try {
      // A closed socket alone would be noticed only at the end of the statement under way.
      await this.db.owner.query("select pg_terminate_backend($1)", [this.#pid]);
    } catch (error) {
      this.#log.warn({ err: error }, "the connection of a rehearsal could not be ended; its time limit ends it");
    }
  }

  /** Takes everything back and lets the connection go. */
  async close(): Promise<void> {
    this.#isClosing = true;
    try {
      if (this.#why === null) await this.#client.query("rollback");
    } catch (error) {
      this.#log.debug({ err: error }, "a rehearsal's connection was gone before its rollback");
    }
    await this.#client.end().catch(() => undefined);
  }

  #lost(error: unknown): void {
    if (this.#isClosing || this.#why !== null) return;
    this.#why = endingOfState(sqlStateOf(error)) ?? ended("connection_lost");
    this.#reject(new LineCut(this.#why));
  }
}
