/** One PostgreSQL cluster on this machine: made once, found running or started, stopped. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StartError } from "../../base/start-error.ts";
import type { Binaries } from "./binaries.ts";
import type { Home } from "./home.ts";
import { isAlive, programOf } from "./lock.ts";
import { asUser, giveTo } from "./server-user.ts";

export type Settings = Readonly<Record<string, string>>;

/** How to reach a cluster: a socket folder, or 127.0.0.1 with a port where there are no unix sockets. */
export interface Endpoint {
  host: string;
  port: number;
}

/** The first lines of postmaster.pid; `isReady` once the server accepts connections. */
interface Postmaster {
  pid: number;
  endpoint: Endpoint;
  isReady: boolean;
}

const MB = 1024 * 1024;

/** Modest settings for a machine that does other things too; safe ones, since people keep their data here. */
function ownSettings(): Record<string, string> {
  const quarter = Math.floor(totalmem() / MB / 4);
  return {
    shared_buffers: `${Math.max(32, Math.min(256, quarter))}MB`,
    effective_cache_size: `${Math.max(128, quarter * 2)}MB`,
    work_mem: "32MB",
    maintenance_work_mem: "128MB",
    max_connections: "100",
    max_wal_size: "2GB",
    random_page_cost: "1.1",
    jit: "off",
    // A first import fills empty tables; until they are analysed, plans made for empty tables cost minutes.
    autovacuum_naptime: "10s",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_min_messages: "warning",
    // The long statement of a process that was killed ends too; only Linux can be asked whether somebody still listens.
    ...(process.platform === "linux" ? { client_connection_check_interval: "2s" } : {}),
    // A container's /dev/shm is often 64 MB, which a parallel query outgrows.
    ...(hasSmallSharedMemory() ? { dynamic_shared_memory_type: "mmap" } : {}),
  };
}

function hasSmallSharedMemory(): boolean {
  if (process.platform !== "linux") return false;
  if (!existsSync("/dev/shm")) return true;
  const { bsize, blocks } = statfsSync("/dev/shm");
  return bsize * blocks < 256 * MB;
}

/** Makes the data folder unless it exists; it appears whole or not at all. Throws `StartError`. */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  options: { passwordFile: string | null; isDurable: boolean },
): Promise<void> {
  const found = existsSync(home.cluster) ? readdirSync(home.cluster) : [];
  if (found.length > 0) return checkVersion(home, binaries);
  const draft = `${home.cluster}.${process.pid}`;
  // What an interrupted start left half made; the lock is ours.
  for (const name of readdirSync(home.dir).filter((entry) => /^cluster\.\d+$/.test(entry))) {
    rmSync(join(home.dir, name), { recursive: true, force: true });
  }
  mkdirSync(draft, { mode: 0o700 });
  giveTo(home.user, draft);
  const common = ["-D", draft, "-U", "postgres", "-E", "UTF8", "-k", "--auth-host=scram-sha-256", "--no-instructions"];
  if (!options.isDurable) common.push("--no-sync");
  if (options.passwordFile === null) common.push("--auth-local=trust");
  else common.push("--auth-local=scram-sha-256", `--pwfile=${options.passwordFile}`);
  // C.UTF-8 sorts by code point everywhere; systems without that locale get plain C, which does the same.
  const made = await run(home, binaries.initdb, [...common, "--locale=C.UTF-8"]);
  if (made.code !== 0 && /locale/.test(made.output)) {
    const again = await run(home, binaries.initdb, [...common, "--locale=C"]);
    if (again.code !== 0) throw new StartError(`The database could not be made: ${lastLine(again.output)}`);
  } else if (made.code !== 0) throw new StartError(`The database could not be made: ${lastLine(made.output)}`);
  if (existsSync(home.cluster)) rmSync(home.cluster, { recursive: true });
  renameSync(draft, home.cluster);
}

function checkVersion(home: Home, binaries: Binaries): void {
  const path = join(home.cluster, "PG_VERSION");
  const version = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  if (!/^\d+$/.test(version) || !existsSync(join(home.cluster, "global", "pg_control"))) {
    throw new StartError(
      `The database in ${home.cluster} is damaged: files that every PostgreSQL has are missing. Restore it from a backup, or delete ${home.dir} to start from nothing.`,
    );
  }
  if (Number(version) !== binaries.major) {
    throw new StartError(
      `The database in ${home.cluster} was made by PostgreSQL ${version}, but this is PostgreSQL ${binaries.major}; use a version that matches (MUSTER_PG_BIN), or move the data with pg_dump.`,
    );
  }
}

/** Reads postmaster.pid; null when there is none or its process is gone. */
export function findPostmaster(home: Home): Postmaster | null {
  const path = join(home.cluster, "postmaster.pid");
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n");
  const pid = Number(lines[0]);
  // After a reboot the number may belong to another program.
  if (!(pid > 0) || !isAlive(pid) || (programOf(pid) ?? "postgres") !== "postgres") return null;
  const socketDir = lines[4]?.trim() ?? "";
  const endpoint = { host: socketDir === "" ? "127.0.0.1" : socketDir, port: Number(lines[3]) };
  return { pid, endpoint, isReady: (lines[7] ?? "").trim() === "ready" };
}

/** Starts the server in a process group of its own, so that Ctrl-C lets the application drain first, and waits until it accepts. */
export async function startServer(
  home: Home,
  binaries: Binaries,
  endpoint: Endpoint,
  settings: Settings,
): Promise<Postmaster> {
  rotate(home.log);
  disownStalePid(home, endpoint);
  const isTcp = endpoint.host === "127.0.0.1";
  const all: Record<string, string> = {
    ...ownSettings(),
    port: String(endpoint.port),
    listen_addresses: isTcp ? "127.0.0.1" : "",
    ...(process.platform === "win32"
      ? {}
      : { unix_socket_directories: isTcp ? "" : endpoint.host, unix_socket_permissions: "0700" }),
    ...settings,
  };
  const args = ["-D", home.cluster, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  // After a crash of the postmaster its children hold the shared memory for a moment: keep trying for 10 s.
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const attempt = await launch(home, binaries.postgres, args);
    if (attempt.postmaster !== null) return attempt.postmaster;
    const isHeld = /pre-existing shared memory|lock file ".+" already exists|Address already in use/i.test(
      attempt.output,
    );
    if (!isHeld || Date.now() > giveUpAt) throw new StartError(whyNot(home, attempt.output));
    await wait(200);
    const other = findPostmaster(home);
    if (other?.isReady === true) return other;
  }
}

/**
 * Lock files left by a crash may name a process that is something else by now, or one that nobody reaps, and postgres would
 * then refuse to start. Its own parent it never takes for a rival: naming us in postmaster.pid keeps the file's other lines,
 * by which it finds surviving children. The socket's folder is this server's alone, so what lies there is stale too.
 */
function disownStalePid(home: Home, endpoint: Endpoint): void {
  if (findPostmaster(home) !== null) return;
  if (endpoint.host !== "127.0.0.1") rmSync(join(endpoint.host, `.s.PGSQL.${endpoint.port}.lock`), { force: true });
  const path = join(home.cluster, "postmaster.pid");
  if (!existsSync(path)) return;
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [String(process.pid), ...rest].join("\n"));
}

async function launch(
  home: Home,
  postgres: string,
  args: string[],
): Promise<{ postmaster: Postmaster | null; output: string }> {
  const log = openSync(home.log, "a", 0o600);
  giveTo(home.user, home.log);
  const from = statSync(home.log).size;
  const server = spawn(postgres, args, {
    ...asUser(home.user),
    cwd: home.dir,
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  const state: { ended: string | null } = { ended: null };
  server.once("exit", (code, signal) => (state.ended = `exit ${String(code ?? signal)}`));
  server.once("error", (error) => (state.ended = error.message));
  for (;;) {
    await wait(10);
    if (state.ended !== null) return { postmaster: null, output: `${readFrom(home.log, from)}\n${state.ended}` };
    const found = findPostmaster(home);
    if (found?.pid === server.pid && found?.isReady === true) {
      server.unref();
      server.removeAllListeners();
      return { postmaster: found, output: "" };
    }
  }
}

/** Asks the server to stop: sessions are ended, data is written, and the call returns once the process is gone. */
export async function stopServer(home: Home, binaries: Binaries, postmaster: Pick<Postmaster, "pid">): Promise<void> {
  if (process.platform === "win32") await run(home, binaries.pgCtl, ["stop", "-D", home.cluster, "-m", "fast"]);
  else process.kill(postmaster.pid, "SIGINT");
  const giveUpAt = Date.now() + 30_000;
  while (isAlive(postmaster.pid) && existsSync(join(home.cluster, "postmaster.pid"))) {
    if (Date.now() > giveUpAt) throw new Error(`postgres (${postmaster.pid}) did not stop within 30 s`);
    await wait(10);
  }
}

function whyNot(home: Home, output: string): string {
  const reasons = [...output.matchAll(/(?:FATAL|PANIC|ERROR):\s+(.+)/g)].map((match) => match[1]!);
  const reason = reasons.at(-1) ?? lastLine(output);
  return `The database in ${home.cluster} does not start: ${reason.replace(/\.$/, "")}. Its log is ${home.log}; restore the folder from a backup, or delete ${home.dir} to start from nothing.`;
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

async function run(home: Home, program: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const child = spawn(program, args, { ...asUser(home.user), cwd: home.dir, windowsHide: true });
    let output = "";
    const keep = (chunk: Buffer) => (output += chunk.toString("utf8"));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => done({ code: 1, output: error.message }));
    child.once("close", (code) => done({ code: code ?? 1, output }));
  });
}

/** One old log is kept: nobody tends this machine's logs. */
function rotate(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10 * MB) renameSync(log, `${log}.1`);
  else if (existsSync(log)) chmodSync(log, 0o600);
}

function readFrom(path: string, from: number): string {
  const size = statSync(path).size - from;
  const bytes = Buffer.alloc(Math.max(0, size));
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, from);
  } finally {
    closeSync(file);
  }
  return bytes.toString("utf8");
}
