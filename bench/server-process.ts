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

/** Starts the server on a free port, lends it to `work` and stops it. Throws what it printed when it does not start. */
export async function withServer<T>(ground: Ground, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const dataDir = join(ground.dir, "server");
  const temporary = join(dataDir, "tmp");
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [...ground.serverEntry], {
    cwd: PROJECT_ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      DATABASE_URL: ground.db.url,
      MUSTER_DATA_DIR: dataDir,
      MUSTER_INBOX: ground.inboxDir,
      MUSTER_UPLOAD_LIMIT_MB: "10000",
      MUSTER_PUBLIC_URL: "",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      // As in the image (Dockerfile).
      MALLOC_ARENA_MAX: "2",
      // What it forgets there is seen, and gone with the rest.
      TMPDIR: temporary,
    },
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  running.add(stop);
  try {
    const address = await addressOf(child);
    return await work({ address, dataDir, memory: () => memoryOf(child.pid!) });
  } finally {
    await stop();
    running.delete(stop);
  }
}

/** The first line a server prints names its address. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (chunk: string) => (said = `${said}${chunk}`.slice(-4_000)));
    child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const [, address] = /ready at (http:\/\/\S+)\n/.exec(said) ?? [];
      if (address !== undefined) done(address.replace("localhost", "127.0.0.1"));
    });
    child.once("close", () => fail(new Error(`The server did not start: ${said}`)));
  });
}
