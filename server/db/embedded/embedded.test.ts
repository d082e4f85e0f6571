import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROJECT_ROOT, readEnv } from "../../env.ts";
import { migrate } from "../migrate.ts";
import { openDatabase } from "../pools.ts";
import { isAlive, programOf } from "./lock.ts";
import { startEmbedded } from "./start.ts";
import type { Embedded } from "./start.ts";

// Every test makes a cluster or two, which is seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const { pgBin } = readEnv();
const options = { pgBin, isDurable: false };

let dir: string;
let children: ChildProcess[];
let held: Embedded[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "muster-embedded-"));
  // mkdtemp makes it 0700; the server's user must be able to pass.
  chmodSync(dir, 0o755);
  children = [];
  held = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  for (const embedded of held) await embedded.stop();
  const pid = postmasterOf(dir);
  if (pid !== null && isAlive(pid) && programOf(pid) === "postgres") {
    process.kill(pid, "SIGQUIT");
    while (isAlive(pid)) await wait(20);
  }
  rmSync(dir, { recursive: true, force: true });
});

async function start(dataDir = dir, more: Parameters<typeof startEmbedded>[1] = {}): Promise<Embedded> {
  const embedded = await startEmbedded(dataDir, { ...options, ...more });
  held.push(embedded);
  return embedded;
}

/** Starts another process that holds the database; answers once it does. */
async function another(dataDir = dir): Promise<ChildProcess> {
  const script = join(PROJECT_ROOT, "server", "testing", "hold-embedded.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir, pgBin ?? ""], { cwd: PROJECT_ROOT });
  children.push(child);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((done, fail) => {
    child.stdout.once("data", () => done());
    child.once("exit", () => fail(new Error(errors)));
  });
  return child;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill(signal);
  await ended;
}

function postmasterOf(dataDir: string): number | null {
  const path = join(dataDir, "postgres", "cluster", "postmaster.pid");
  return existsSync(path) ? Number.parseInt(readFileSync(path, "utf8"), 10) : null;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe("starting", () => {
  it("makes a database on a fresh folder and finds its data the second time, in a moment", async () => {
    const first = await start();
    expect(
      await ask(
        first.url,
        "select current_user::text as who, current_database()::text as what, rolsuper from pg_roles where rolname = current_user",
      ),
    ).toEqual([{ who: "muster", what: "muster", rolsuper: false }]);
    await ask(first.url, "create table kept as select 42 as answer");
    await first.stop();
    expect(postmasterOf(dir)).toBeNull();

    const started = Date.now();
    const second = await start();
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("lets nobody but its user into the folders of data and socket", async () => {
    const { dir: home } = await start();
    const socket = new URL((await start()).url).searchParams.get("host")!;
    for (const path of [home, join(home, "cluster"), socket]) expect(statSync(path).mode & 0o077).toBe(0);
  });

  it("works after the application and the database were killed", async () => {
    const app = await another();
    const pid = postmasterOf(dir)!;
    await kill(app, "SIGKILL");
    process.kill(pid, "SIGKILL");
    const { url } = await start();
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(postmasterOf(dir)).not.toBe(pid);
  });

  it("works after the application was killed in the middle of work and keeps what was committed", async () => {
    const first = await start();
    await ask(first.url, "create table kept as select 42 as answer");
    const app = await another();
    await first.stop();
    const pid = postmasterOf(dir)!;
    await kill(app, "SIGKILL");
    const { url } = await start();
    expect(postmasterOf(dir)).toBe(pid);
    expect(await ask(url, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("is not fooled by a postmaster.pid that names another program", async () => {
    await (await start()).stop();
    const path = join(dir, "postgres", "cluster", "postmaster.pid");
    writeFileSync(path, `${process.pid}\n${join(dir, "postgres", "cluster")}\n1\n5432\n\n\n0 0\nready\n`);
    const { url } = await start();
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("takes over a lock whose process is gone", async () => {
    const gone = spawn(process.execPath, ["-e", ""]);
    await new Promise((done) => gone.once("exit", done));
    writeFileSync(join(dir, "postgres.lock"), String(gone.pid));
    await start();
    expect(existsSync(join(dir, "postgres.lock"))).toBe(false);
  });
});

describe("sharing", () => {
  it("several processes that start at once find one server, and the last to leave stops it", async () => {
    const [a, b] = await Promise.all([another(), another()]);
    const mine = await start();
    const pid = postmasterOf(dir)!;
    await kill(a, "SIGTERM");
    await mine.stop();
    expect(isAlive(pid)).toBe(true);
    await expect(ask(mine.url, "select 1 as one")).resolves.toEqual([{ one: 1 }]);
    await kill(b, "SIGTERM");
    expect(postmasterOf(dir)).toBeNull();
    expect(isAlive(pid)).toBe(false);
  });

  it("a server that dies under a living process comes back, and its pools with it", async () => {
    const { url } = await start();
    const db = openDatabase({ url, applicationName: "muster test" });
    await db.owner.query("select 1");
    const pid = postmasterOf(dir)!;
    process.kill(pid, "SIGKILL");
    while (isAlive(pid)) await wait(5);
    const { rows } = await db.owner.query<{ one: number }>("select 1 as one").catch(async () => {
      // The statement in flight may be lost; the one after it waits for the server.
      await wait(300);
      return db.owner.query<{ one: number }>("select 1 as one");
    });
    expect(rows).toEqual([{ one: 1 }]);
    await db.close();
  });

  it("several databases of a new cluster are migrated at once, although roles belong to the cluster", async () => {
    const { url } = await start();
    const urls = ["a", "b", "c", "d"].map((name) => url.replace("/muster?", `/db_${name}?`));
    for (const name of ["a", "b", "c", "d"]) await ask(url, `create database db_${name}`);
    const applied = await Promise.all(urls.map((each) => migrate(each)));
    expect(new Set(applied.map((result) => result.applied.length)).size).toBe(1);
  });
});

describe("places", () => {
  it("a path too long for a socket has its socket elsewhere", async () => {
    const long = join(dir, "a-folder-with-quite-a-long-name".repeat(4), "data");
    const { url } = await start(long);
    const socket = new URL(url).searchParams.get("host")!;
    expect(socket.startsWith(dir)).toBe(false);
    expect(socket.length).toBeLessThan(89);
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
    await held[0]!.stop();
    rmSync(socket, { recursive: true });
  });

  it("a folder that only its user may enter serves, for root as well", async () => {
    const shut = join(dir, "shut");
    mkdirSync(shut, { mode: 0o700 });
    const dataDir = join(shut, ".muster");
    const first = await start(dataDir);
    await ask(first.url, "create table kept as select 42 as answer");
    await first.stop();
    const second = await start(dataDir);
    expect(second.dir).toBe(first.dir);
    expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.stop();
    if (!first.dir.startsWith(dir)) rmSync(first.dir, { recursive: true });
  });

  it("without unix sockets it listens on this machine alone, behind a password", async () => {
    const { url } = await start(dir, { transport: "tcp" });
    expect(new URL(url).hostname).toBe("127.0.0.1");
    expect(await ask(url, "select inet_server_addr()::text as address")).toEqual([{ address: "127.0.0.1/32" }]);
    const guessed = new URL(url);
    guessed.password = "guessed";
    await expect(ask(guessed.toString(), "select 1")).rejects.toThrow(/password authentication failed/);
  });
});

describe("a start that cannot be", () => {
  it("says that the data is another version's", async () => {
    await (await start()).stop();
    writeFileSync(join(dir, "postgres", "cluster", "PG_VERSION"), "12\n");
    await expect(startEmbedded(dir, options)).rejects.toThrow(/was made by PostgreSQL 12, but this is PostgreSQL \d+;/);
  });

  it("says that files are missing", async () => {
    await (await start()).stop();
    rmSync(join(dir, "postgres", "cluster", "global", "pg_control"));
    await expect(startEmbedded(dir, options)).rejects.toThrow(
      /is damaged: files that every PostgreSQL has are missing/,
    );
  });

  it("says what the server says when its files are damaged", async () => {
    await (await start()).stop();
    writeFileSync(join(dir, "postgres", "cluster", "global", "pg_control"), Buffer.alloc(8192));
    await expect(startEmbedded(dir, options)).rejects.toThrow(/^The database in .* does not start: .+\. Its log is /);
  });

  it("says that something stands in the place of its files", async () => {
    await (await start()).stop();
    rmSync(join(dir, "postgres", "cluster"), { recursive: true });
    writeFileSync(join(dir, "postgres", "cluster"), "");
    await expect(startEmbedded(dir, options)).rejects.toThrow(
      /^The files of the database in .* cannot be used: ENOTDIR/,
    );
  });

  it("leaves no server behind that starts but cannot answer", async () => {
    await (await start()).stop();
    rmSync(join(dir, "postgres", "cluster", "base"), { recursive: true });
    await expect(startEmbedded(dir, options)).rejects.toThrow(/was started but does not answer; its log is/);
    expect(postmasterOf(dir)).toBeNull();
  });

  it("says that the folder cannot be written", async () => {
    writeFileSync(join(dir, "a-file"), "");
    await expect(startEmbedded(join(dir, "a-file", "data"), options)).rejects.toThrow(
      /cannot be written to .*; set MUSTER_DATA_DIR/,
    );
  });

  it("says that MUSTER_PG_BIN holds no server", async () => {
    await expect(startEmbedded(dir, { pgBin: "/nowhere" })).rejects.toThrow(
      "MUSTER_PG_BIN names /nowhere, but no PostgreSQL server can be run from there.",
    );
  });
});
