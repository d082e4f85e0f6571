/** A PostgreSQL with a replica that follows it by streaming, both of a test's own; the shipped programs have no pg_basebackup. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { type Binaries, findBinaries } from "../db/embedded/binaries.ts";
import { type Home, openHome, socketDirOf } from "../db/embedded/home.ts";
import { asUser, giveTo } from "../db/embedded/server-user.ts";
import { type Embedded, startEmbedded } from "../db/embedded/start.ts";
import { migrate } from "../db/migrate.ts";

/** Nothing of it has to survive. */
const SETTINGS = { wal_level: "replica", fsync: "off", autovacuum: "off", shared_buffers: "64MB" };

export class Replication {
  readonly #dir: string;
  readonly #primary: Embedded;
  readonly #home: Home;
  readonly #binaries: Binaries;
  readonly #socket: string;
  #replica: ChildProcess | null = null;

  private constructor(dir: string, primary: Embedded, pgBin: string | undefined) {
    this.#dir = dir;
    this.#primary = primary;
    this.#home = openHome(join(dir, "replica"));
    this.#binaries = findBinaries(this.#home.user, this.#home.dir, pgBin);
    this.#socket = socketDirOf(this.#home);
  }

  /** A migrated primary and its replica, which runs. */
  static async start(pgBin: string | undefined): Promise<Replication> {
    const dir = mkdtempSync(join(tmpdir(), "muster-replication-"));
    // mkdtemp makes it 0700; the server's user, who is not root, must be able to pass.
    chmodSync(dir, 0o755);
    const options = { pgBin, settings: SETTINGS, isDurable: false, transport: "socket" } as const;
    const primary = await startEmbedded(join(dir, "primary"), options);
    await migrate(primary.url);
    const both = new Replication(dir, primary, pgBin);
    await both.#copy();
    await both.startReplica();
    return both;
  }

  get url(): string {
    return this.#primary.url;
  }

  get replicaUrl(): string {
    return `postgresql://muster@localhost:5432/muster?host=${encodeURIComponent(this.#socket)}`;
  }

  async startReplica(): Promise<void> {
    const from = new URL(this.url).searchParams.get("host")!;
    const settings = {
      ...SETTINGS,
      listen_addresses: "",
      unix_socket_directories: this.#socket,
      primary_conninfo: `host=${from} port=5432 user=postgres`,
      // Reads that stand in the way are ended at once, where a replica of somebody's would wait.
      max_standby_streaming_delay: "0",
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    this.#replica = spawn(this.#binaries.postgres, ["-D", this.#home.cluster, ...args], {
      ...asUser(this.#home.user),
      cwd: this.#home.dir,
      stdio: "ignore",
    });
    const giveUpAt = Date.now() + 60_000;
    while (!(await this.#answers())) {
      if (Date.now() > giveUpAt) throw new Error("the replica does not answer");
      await wait(50);
    }
  }

  /** With `SIGQUIT` its connections are cut without a word. */
  async stopReplica(signal: "SIGINT" | "SIGQUIT" = "SIGINT"): Promise<void> {
    const server = this.#replica;
    if (server === null || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once("exit", done));
    server.kill(signal);
    await ended;
    this.#replica = null;
  }

  /** Runs a statement as the superuser of one of the two. */
  async askSuperuser(of: "primary" | "replica", statement: string): Promise<void> {
    const client = new pg.Client(as("postgres", of === "primary" ? this.url : this.replicaUrl));
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** Makes the replica say nothing, as a network that drops does; answers what ends that. */
  async freezeReplica(): Promise<() => void> {
    const client = new pg.Client(this.replicaUrl);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    await client.end();
    const pids = [this.#replica!.pid!, ...rows.map(({ pid }) => pid)];
    for (const pid of pids) process.kill(pid, "SIGSTOP");
    return () => {
      for (const pid of pids) process.kill(pid, "SIGCONT");
    };
  }

  async stop(): Promise<void> {
    await this.stopReplica();
    await this.#primary.stop();
    // They lie elsewhere where the folder for temporary files itself is closed to the server's user.
    for (const dir of [this.#dir, this.#primary.dir, this.#home.dir]) rmSync(dir, { recursive: true, force: true });
  }

  /** The files as they are between two calls that tell the server so; the log since then comes by streaming. */
  async #copy(): Promise<void> {
    const source = join(this.#primary.dir, "cluster");
    const client = new pg.Client(as("postgres", this.url));
    await client.connect();
    try {
      await client.query("select pg_backup_start('replica', true)");
      cpSync(source, this.#home.cluster, {
        recursive: true,
        filter: (path) => !/^(?:postmaster\.\w+|pg_wal\/.+|pg_replslot\/.+)$/.test(relative(source, path)),
      });
      const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
      writeFileSync(join(this.#home.cluster, "backup_label"), rows[0]!.labelfile);
      writeFileSync(join(this.#home.cluster, "standby.signal"), "");
      mkdirSync(join(this.#home.cluster, "pg_wal", "archive_status"), { recursive: true });
    } finally {
      await client.end();
    }
    chmodSync(this.#home.cluster, 0o700);
    for (const name of ["", ...readdirSync(this.#home.cluster, { recursive: true, encoding: "utf8" })]) {
      giveTo(this.#home.user, join(this.#home.cluster, name));
    }
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client(this.replicaUrl);
    client.on("error", () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function as(user: string, address: string): string {
  const url = new URL(address);
  url.username = user;
  return url.toString();
}
