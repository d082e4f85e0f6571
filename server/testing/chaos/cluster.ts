/** A PostgreSQL of the chaos test's own, which it may kill. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { RootDb } from "../../db/pools.ts";
import { openDatabase } from "../../db/pools.ts";
import { type Embedded, startEmbedded } from "../../db/embedded/start.ts";

/** The machine does not go down here, so the disk is not waited for; what is committed must outlive the server's process all the same. */
const SETTINGS = {
  max_connections: "200",
  fsync: "off",
  autovacuum: "off",
  shared_buffers: "128MB",
};

export class Cluster {
  readonly dir: string;
  readonly #embedded: Embedded;

  private constructor(dir: string, embedded: Embedded) {
    this.dir = dir;
    this.#embedded = embedded;
  }

  static async start(pgBin: string | undefined): Promise<Cluster> {
    const dir = mkdtempSync(join(tmpdir(), "muster-chaos-"));
    // mkdtemp makes it 0700; the server's user, who is not root, must be able to pass.
    chmodSync(dir, 0o755);
    return new Cluster(dir, await startEmbedded(dir, { pgBin, settings: SETTINGS, isDurable: false }));
  }

  urlOf(database: string): string {
    const url = new URL(this.#embedded.url);
    url.pathname = `/${database}`;
    return url.toString();
  }

  open(database: string): RootDb {
    return openDatabase({ url: this.urlOf(database), applicationName: "chaos test", appConnections: 4 });
  }

  /**
   * By files, which ends in a checkpoint: cloned by way of the log, sequences have numbers in stock that the clone would give out
   * a second time after a crash.
   */
  create(database: string, template: string | null): Promise<void> {
    const clone = template === null ? "" : `template ${template} strategy file_copy`;
    return this.#ask(`create database ${database} ${clone}`);
  }

  drop(database: string): Promise<void> {
    return this.#ask(`drop database if exists ${database} with (force)`);
  }

  /** kill -9. The keeper in this process starts the server again. */
  kill(): void {
    process.kill(this.#postmaster(), "SIGKILL");
  }

  #postmaster(): number {
    return Number.parseInt(readFileSync(join(this.#embedded.dir, "cluster", "postmaster.pid"), "utf8"), 10);
  }

  async stop(): Promise<void> {
    await this.#embedded.stop();
    rmSync(this.dir, { recursive: true, force: true });
    // It lies elsewhere where the folder for temporary files itself is closed to the server's user.
    rmSync(this.#embedded.dir, { recursive: true, force: true });
  }

  /** Asks again while the server recovers from what was done to it. */
  async #ask(statement: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const client = new pg.Client(this.#embedded.url);
      client.on("error", () => undefined);
      try {
        await client.connect();
        await client.query(statement);
        return;
      } catch (error) {
        const isThere = (error as { code?: string }).code === "42P04";
        if (isThere && tries > 1) return;
        if (tries === 100) throw error;
        await wait(100);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }
}
