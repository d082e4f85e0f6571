/** The real server in a process of its own, on the database of the bench. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../server/env.ts";
import type { Ground } from "./ground.ts";
import { memoryOf } from "./memory.ts";

export interface RunningServer {
  address: string;
  /** where it keeps files, its temporary ones too */
  dataDir: string;
  /** bytes of memory it holds now */
  memory: () => number;
}

/** How those that run are stopped. */
const running = new Set<() => Promise<void>>();

/** Ends all servers that still run: for a bench that is given up, whose database must not go before them. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

export interface ServerOptions {
  /** the server answers requests only, and a worker beside it does the syncs, as docs/scaling.md has it from its section 3 on */
  withWorker?: boolean;
}

/**
 * Starts the server on a free port, lends it to `work` and stops it, with a worker of its own where that is asked for. Throws what
 * a process printed when it does not start.
 */
export async function withServer<T>(
  ground: Ground,
  work: (server: RunningServer) => Promise<T>,
  { withWorker = false }: ServerOptions = {},
): Promise<T> {
  const dataDir = join(ground.dir, "server");
  mkdirSync(join(dataDir, "tmp"), { recursive: true });
  const processes: Process[] = [];
  const begin = (entry: readonly string[], engine: "on" | "off") => {
    const started = startProcess(ground, entry, { dataDir, engine });
    processes.push(started);
    return started.child;
  };
  try {
    const server = begin(ground.serverEntry, withWorker ? "off" : "on");
    const [, address] = await saidBy(server, /ready at (http:\/\/\S+)\n/);
    if (withWorker) await saidBy(begin(workerEntry(ground), "on"), /worker is ready/);
    return await work({
      address: address!.replace("localhost", "127.0.0.1"),
      dataDir,
      memory: () => memoryOf(server.pid!),
    });
  } finally {
    await Promise.all(processes.map(({ stop }) => stop()));
  }
}

interface Process {
  child: ChildProcess;
  stop: () => Promise<void>;
}

function startProcess(
  ground: Ground,
  entry: readonly string[],
  { dataDir, engine }: { dataDir: string; engine: "on" | "off" },
): Process {
  const child = spawn(process.execPath, [...entry], {
    cwd: PROJECT_ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: ground.db.url,
      MUSTER_DATA_DIR: dataDir,
      MUSTER_ENGINE: engine,
      MUSTER_INBOX: ground.inboxDir,
      MUSTER_UPLOAD_LIMIT_MB: "10000",
      MUSTER_PUBLIC_URL: "",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      // As in the image (Dockerfile).
      MALLOC_ARENA_MAX: "2",
      // What it forgets there is seen, and gone with the rest.
      TMPDIR: join(dataDir, "tmp"),
    },
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    running.delete(stop);
  };
  running.add(stop);
  return { child, stop };
}

/** The worker's entry lies beside the server's. */
function workerEntry({ serverEntry }: Ground): string[] {
  return serverEntry.map((argument) => argument.replace(/\bmain\.(?=[jt]s$)/, "worker."));
}

/** Waits for what a process prints once it is ready. */
function saidBy(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((done, fail) => {
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (chunk: string) => (said = `${said}${chunk}`.slice(-4_000)));
    child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const found = pattern.exec(said);
      if (found !== null) done(found);
    });
    child.once("close", () => fail(new Error(`A process did not start: ${said}`)));
  });
}
