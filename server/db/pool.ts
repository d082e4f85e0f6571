/** Connections that outlive their server: an idle one may be cut, and a new one may have to wait until the server is back. */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { isConnectionLost, isUnreachable } from "./sql-errors.ts";

/**
 * A pool that waits up to 10 s for a server that is being started or is coming back from a crash.
 * Only making the connection is repeated, never a statement; a server that dies meanwhile breaks it in several ways.
 */
class PatientPool extends pg.Pool {
  // The two signatures are pg's: pool.query() uses the callback form.
  override connect(): Promise<pg.PoolClient>;
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): void;
  override connect(
    callback?: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): Promise<pg.PoolClient> | void {
    const connected = this.#connectPatiently();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, (release) => client.release(release as Error | boolean | undefined)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      try {
        return await super.connect();
      } catch (error) {
        if (!(isUnreachable(error) || isConnectionLost(error)) || Date.now() > giveUpAt) throw error;
        await wait(100);
      }
    }
  }
}

/** Makes a pool whose idle connections may be cut by the server: the next user gets a new one, the process lives on. */
export function createPool(config: pg.PoolConfig): pg.Pool {
  return survivingCuts(new PatientPool({ connectionTimeoutMillis: 15_000, ...config }));
}

/** The same for a server that need not be there: who asks for a connection knows within a second. */
export function createHastyPool(config: pg.PoolConfig): pg.Pool {
  return survivingCuts(new pg.Pool({ connectionTimeoutMillis: 1_000, keepAlive: true, ...config }));
}

function survivingCuts(pool: pg.Pool): pg.Pool {
  const ignore = () => {
    // pg has removed the connection from the pool already; a statement in flight rejects by itself.
  };
  pool.on("error", ignore);
  pool.on("connect", (client) => void client.on("error", ignore));
  return pool;
}
