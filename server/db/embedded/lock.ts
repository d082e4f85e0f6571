/** A lock file: one process at a time starts or stops the shared database server. */
import { closeSync, futimesSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { StartError } from "../../base/start-error.ts";

const BEAT_MS = 2_000;
/** A holder renews the file's time every beat; one that has not for this long is gone, whoever has its pid by now. */
const STALE_MS = 20_000;

/** Runs `work` while holding the lock at `path`. A lock whose process is gone is taken over. Throws `StartError` after 5 minutes. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = await acquire(path);
  const beat = setInterval(() => {
    const now = new Date();
    futimesSync(file, now, now);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    closeSync(file);
    rmSync(path, { force: true });
  }
}

async function acquire(path: string): Promise<number> {
  const giveUpAt = Date.now() + 300_000;
  for (;;) {
    const file = tryAcquire(path);
    if (file !== null) return file;
    if (isStale(path)) breakLock(path);
    else if (Date.now() > giveUpAt) {
      throw new StartError(`Another process has been starting the database for minutes; stop it or delete ${path}.`);
    } else await wait(50);
  }
}

function tryAcquire(path: string): number | null {
  try {
    const file = openSync(path, "wx", 0o644);
    writeSync(file, String(process.pid));
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return null;
    throw error;
  }
}

function isStale(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return false;
  const age = Date.now() - file.mtimeMs;
  const pid = Number(readIfThere(path));
  if (pid > 0 && !isAlive(pid)) return true;
  return age > STALE_MS;
}

/**
 * Renaming takes the stale file away exactly once. Should it have been replaced between the look and the rename,
 * two holders meet for a moment; they do no harm, since initdb is renamed into place and postgres guards its own folder.
 */
function breakLock(path: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ESRCH") return "";
    throw error;
  }
}

/** Tells whether a process runs; one that belongs to somebody else does, one that only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return process.platform !== "linux" || !/\) [ZX] /.test(readIfThere(`/proc/${pid}/stat`));
}

/** The name of a running program, or null where the system does not tell. */
export function programOf(pid: number): string | null {
  const name = process.platform === "linux" ? readIfThere(`/proc/${pid}/comm`).trim() : "";
  return name === "" ? null : name;
}
