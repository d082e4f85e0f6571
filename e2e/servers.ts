/** Servers that a test starts beside the one of the run: without an engine, on a port of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RunningServer {
  baseUrl: string;
  /** asks it to end, or ends it, and waits until it is gone */
  end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Answers once the server does; on an empty database it makes the demo before. */
export async function startServer(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const main = fileURLToPath(new URL("../server/main.ts", import.meta.url));
  const server = spawn(process.execPath, ["--import", "tsx", main], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MUSTER_DATA_DIR: mkdtempSync(join(tmpdir(), "server-")),
      MUSTER_ENGINE: "off",
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      ...env,
    },
  });
  return {
    baseUrl: await addressOf(server),
    end: async (signal) => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill(signal);
      await once(server, "exit");
    },
  };
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`the server ended with code ${code} before it was ready`)));
    createInterface({ input: server.stdout! }).on("line", (line) => {
      const [, address] = /ready at (http:\S+)$/.exec(line) ?? [];
      if (address !== undefined) resolve(address.replace("localhost", "127.0.0.1"));
    });
  });
}
