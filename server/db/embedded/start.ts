/**
 * The embedded PostgreSQL: found running or started, shared by server, workers and command line, owned by nobody.
 * Every process holds one quiet connection while it lives; the last one to leave stops the server.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { StartError } from "../../base/start-error.ts";
import { findBinaries } from "./binaries.ts";
import type { Binaries } from "./binaries.ts";
import { ensureCluster, findPostmaster, startServer, stopServer } from "./cluster.ts";
import type { Endpoint, Settings } from "./cluster.ts";
import { openHome, socketDirOf } from "./home.ts";
import type { Home } from "./home.ts";
import { withLock } from "./lock.ts";
import { giveTo } from "./server-user.ts";

export interface EmbeddedOptions {
  /** Folder with `postgres` and `initdb` to use instead of the shipped ones. */
  pgBin?: string | undefined;
  /** Server settings over the default ones; they take effect when this call starts the server. */
  settings?: Settings | undefined;
  /** False skips fsync when the files are made: for tests, whose data may vanish. */
  isDurable?: boolean | undefined;
  /** Unix sockets where there are any; "tcp" is what Windows uses. */
  transport?: "socket" | "tcp" | undefined;
}

export interface Embedded {
  /** Connects as `muster`, who owns the database `muster` and is no superuser. */
  url: string;
  /** Folder that holds the database's files. */
  dir: string;
  /** Lets go of the server and stops it unless another process uses it. Close your own pools first. */
  stop(): Promise<void>;
}

const OWNER = "muster";

interface Context {
  home: Home;
  binaries: Binaries;
  options: EmbeddedOptions;
  /** Of the superuser and of the owner, over TCP; on a socket the folder's mode is the guard. */
  password: string | null;
}

/**
 * Makes the database under `dataDir` when there is none, starts its server unless it runs, and answers how to reach it.
 * Safe to call from several processes at once and after any crash. Throws `StartError` with a sentence.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const home = openHome(dataDir);
  const binaries = findBinaries(home.user, home.dir, options.pgBin);
  const context: Context = { home, binaries, options, password: passwordOf(home, options) };
  const keeper = new Keeper(context);
  const endpoint = await keeper.hold().catch((error: unknown) => {
    throw asStartError(error, home);
  });
  return {
    url: urlOf(endpoint, OWNER, context.password),
    dir: home.dir,
    stop: () => keeper.letGo(),
  };
}

/** A folder where a file should be, a file of somebody else: what the system says about a path is for the person at the terminal. */
function asStartError(error: unknown, home: Home): unknown {
  const { message, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof StartError || syscall === undefined || syscall === "connect") return error;
  return new StartError(
    `The files of the database in ${home.dir} cannot be used: ${message}. Restore the folder from a backup, or delete it to start from nothing.`,
    error,
  );
}

/** One process's hold on the server: a connection that others count, made again should the server die under it. */
class Keeper {
  readonly #context: Context;
  #client: pg.Client | null = null;
  #isLeaving = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Starts or finds the server. The connection is made under the lock, so nobody stops the server in between. */
  async hold(): Promise<Endpoint> {
    return withLock(this.#context.home.lock, async () => {
      const endpoint = await findOrStart(this.#context);
      await ensureOwner(endpoint, this.#context.password);
      this.#client = await this.#watch(endpoint);
      return endpoint;
    });
  }

  async #watch(endpoint: Endpoint): Promise<pg.Client> {
    const client = new pg.Client({
      ...superuser(endpoint, this.#context.password),
      application_name: "muster keeper",
    });
    await client.connect();
    client.on("error", () => {
      // "end" follows and decides; without a listener the process would die of it.
    });
    client.on("end", () => {
      if (!this.#isLeaving) void this.#revive();
    });
    // The hold must not keep a process alive that has nothing else to do.
    (client as unknown as { connection: { stream: { unref?: () => void } } }).connection.stream.unref?.();
    return client;
  }

  /** The server went away under a living process: bring it back, pools reconnect by themselves. */
  async #revive(): Promise<void> {
    this.#client = null;
    try {
      await wait(200);
      if (!this.#isLeaving) await this.hold();
    } catch (error) {
      process.stderr.write(`The embedded database stopped and does not start again: ${(error as Error).message}\n`);
    }
  }

  async letGo(): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    const { home, binaries } = this.#context;
    await withLock(home.lock, async () => {
      const client = this.#client;
      const postmaster = findPostmaster(home);
      if (client === null || postmaster === null) return;
      // Backends of pools closed a moment ago take some milliseconds to disappear.
      const others = await countOthers(client);
      await client.end();
      if (others === 0) await stopServer(home, binaries, postmaster);
    });
  }
}

async function countOthers(client: pg.Client): Promise<number> {
  let others = 0;
  for (let look = 0; look < 20; look += 1) {
    const { rows } = await client.query<{ others: number }>(
      "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    others = rows[0]!.others;
    if (others === 0) break;
    await wait(25);
  }
  return others;
}

async function findOrStart(context: Context): Promise<Endpoint> {
  const { home, binaries, options } = context;
  await ensureCluster(home, binaries, {
    passwordFile: context.password === null ? null : passwordPath(home),
    isDurable: options.isDurable ?? true,
  });
  const running = findPostmaster(home);
  if (running !== null && (await answers(running.endpoint, context.password))) return running.endpoint;
  const isTcp = context.password !== null;
  const endpoint = isTcp ? { host: "127.0.0.1", port: await freePort() } : { host: socketDirOf(home), port: 5432 };
  const started = await startServer(home, binaries, endpoint, options.settings ?? {});
  if (await answers(started.endpoint, context.password)) return started.endpoint;
  await stopServer(home, binaries, started);
  throw new StartError(
    `The database in ${home.cluster} was started but does not answer; its log is ${home.log}. Restore the folder from a backup, or delete ${home.dir} to start from nothing.`,
  );
}

/** Waits while the server says that it is starting (57P03): replaying the log of a large database takes its time. */
async function answers(endpoint: Endpoint, password: string | null): Promise<boolean> {
  const giveUpAt = Date.now() + 300_000;
  for (;;) {
    const client = new pg.Client(superuser(endpoint, password));
    client.on("error", () => {
      // A connection cut while it is made rejects connect(), which is where it is dealt with.
    });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== "57P03" || Date.now() > giveUpAt) return false;
      await wait(50);
    }
  }
}

async function ensureOwner(endpoint: Endpoint, password: string | null): Promise<void> {
  const client = new pg.Client(superuser(endpoint, password));
  await client.connect();
  try {
    const { rows } = await client.query<{ has_role: boolean; has_database: boolean }>(
      `select exists (select from pg_roles where rolname = '${OWNER}') as has_role,
              exists (select from pg_database where datname = '${OWNER}') as has_database`,
    );
    if (!rows[0]!.has_role) {
      await client.query(`create role ${OWNER} login nosuperuser createrole createdb`);
    }
    if (password !== null) await client.query(`alter role ${OWNER} password ${client.escapeLiteral(password)}`);
    if (!rows[0]!.has_database) await client.query(`create database ${OWNER} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}

function superuser(endpoint: Endpoint, password: string | null): pg.ClientConfig {
  return {
    ...endpoint,
    user: "postgres",
    database: "postgres",
    ...(password === null ? {} : { password }),
  };
}

function urlOf(endpoint: Endpoint, user: string, password: string | null): string {
  if (password !== null) return `postgresql://${user}:${password}@${endpoint.host}:${endpoint.port}/${OWNER}`;
  return `postgresql://${user}@localhost:${endpoint.port}/${OWNER}?host=${encodeURIComponent(endpoint.host)}`;
}

/** Over TCP everybody on the machine can knock, so there the roles have a password, kept beside the data. */
function passwordOf(home: Home, options: EmbeddedOptions): string | null {
  const transport = options.transport ?? (process.platform === "win32" ? "tcp" : "socket");
  if (transport === "socket") return null;
  const path = passwordPath(home);
  if (!existsSync(path)) {
    writeFileSync(path, randomBytes(24).toString("hex"), { mode: 0o600 });
    giveTo(home.user, path);
  }
  return readFileSync(path, "utf8").trim();
}

function passwordPath(home: Home): string {
  return join(home.dir, "password");
}

/** A port that is free now; it is written to postmaster.pid, where other processes find it. */
async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
