/** The process behind global-setup: an embedded PostgreSQL in a temporary folder and the real server on it. Prints one JSON line when ready. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "../server/db/resolve.ts";

const dataDir = mkdtempSync(join(tmpdir(), "muster-e2e-"));
const inbox = join(dataDir, "inbox");
const database = await startEmbedded(dataDir, { pgBin: process.env["MUSTER_PG_BIN"], isDurable: false });
const port = await freePort();
const baseUrl = `http://127.0.0.1:${port}`;
const main = fileURLToPath(new URL("../server/main.ts", import.meta.url));
const server = spawn(process.execPath, ["--import", "tsx", main], {
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    DATABASE_URL: database.url,
    MUSTER_DATA_DIR: dataDir,
    MUSTER_INBOX: inbox,
    PORT: String(port),
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
  },
});
server.once("exit", (code) => void end(code ?? 1));
process.once("SIGTERM", () => server.kill("SIGTERM"));
process.once("SIGINT", () => server.kill("SIGTERM"));

await healthy();
process.stdout.write(`${JSON.stringify({ baseUrl, databaseUrl: database.url, inbox })}\n`);

async function healthy(): Promise<void> {
  for (;;) {
    const answer = await fetch(`${baseUrl}/health`).catch(() => null);
    if (answer?.ok === true) return;
    await wait(200);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function end(code: number): Promise<void> {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
  // Elsewhere, where only root may enter the folder above.
  rmSync(database.dir, { recursive: true, force: true });
  process.exit(code);
}
