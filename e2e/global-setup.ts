/** Starts the built app on a database and data folder of its own, as `npm start` would, and stops it after the last test. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const READY_WITHIN_MS = 120_000;

export default async function globalSetup(): Promise<() => Promise<void>> {
  const serve = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", serve], { stdio: ["ignore", "pipe", "inherit"] });
  const { baseUrl, databaseUrl, inbox } = await firstLine(child);
  process.env["E2E_BASE_URL"] = baseUrl;
  process.env["E2E_DATABASE_URL"] = databaseUrl;
  process.env["E2E_INBOX"] = inbox;
  return () =>
    new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
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
