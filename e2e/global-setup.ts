/** Starts the built app on a database and data folder of its own, as `npm start` would, and stops it after the last test. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const READY_WITHIN_MS = 120_000;

export default async function globalSetup(): Promise<() => Promise<void>> {
  const dir = takeTemporary();
  const serve = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", serve], { stdio: ["ignore", "pipe", "inherit"] });
  const { baseUrl, databaseUrl, inbox } = await firstLine(child).catch((error: unknown) => {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  process.env["E2E_BASE_URL"] = baseUrl;
  process.env["E2E_DATABASE_URL"] = databaseUrl;
  process.env["E2E_INBOX"] = inbox;
  return () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    }).then(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
}

/** One folder for all temporary files of the run, also those of servers and browsers that tests start. */
function takeTemporary(): string {
  const dir = mkdtempSync(join(tmpdir(), "muster-e2e-"));
  // mkdtemp makes it 0700; the database's user, who is not root, must be able to pass.
  chmodSync(dir, 0o755);
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = dir;
  return dir;
}

interface Ready {
  baseUrl: string;
  databaseUrl: string;
  inbox: string;
}

function firstLine(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGTERM");
      reject(new Error("the app was not ready in time"));
    }, READY_WITHIN_MS);
    child.once("exit", (code) => reject(new Error(`the app ended with code ${code} before it was ready`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (!line.startsWith("{")) return;
      clearTimeout(timer);
      resolve(JSON.parse(line) as Ready);
    });
  });
}
