/** How much a process's memory grows while it works. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const EVERY_MS = 50;
const MB = 1024 * 1024;

/** Runs `work` and answers the most that `read` (bytes) said meanwhile, in MB, beside what it said before. */
export async function watched<T>(
  read: () => number,
  work: () => Promise<T>,
): Promise<{ beforeMb: number; mostMb: number; answer: T }> {
  const before = read();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, read());
  }, EVERY_MS);
  try {
    const answer = await work();
    return { beforeMb: before / MB, mostMb: Math.max(most, read()) / MB, answer };
  } finally {
    clearInterval(timer);
  }
}

/** Bytes of memory that this process holds. */
export function ownMemory(): number {
  return process.memoryUsage().rss;
}

/** Bytes of memory that another process holds, as its system tells; 0 once it is gone. */
export function memoryOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (existsSync("/proc/self/status")) {
    const line = existsSync(status) ? /VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8")) : null;
    return Number(line?.[1] ?? 0) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).trim()) * 1024;
}
