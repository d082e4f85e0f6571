/** Entry points as they are started from a shell: a process of its own, its output and its exit code. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../env.ts";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  /** resolves when the process has ended */
  ended: Promise<Ended>;
  /** resolves when standard output holds this many lines */
  lines: (count: number) => Promise<string[]>;
  kill: (signal: NodeJS.Signals) => void;
}

export interface StartOptions {
  args?: readonly string[];
  env?: Record<string, string>;
}

/** Starts an entry point of the server with a data folder of its own and nothing of this process's settings. */
export function startEntry(entry: string, options: StartOptions = {}): Started {
  return start(["--import", "tsx", join("server", entry)], options);
}

/** Starts a script of npm's, which builds the server and becomes one of its entry points. */
export function startScript(script: string, options: StartOptions = {}): Started {
  return start([join("scripts", script)], options);
}

function start(program: readonly string[], { args = [], env = {} }: StartOptions): Started {
  const dataDir = mkdtempSync(join(tmpdir(), "muster-entry-"));
  const { PATH = "", HOME = "" } = process.env;
  // A process that is killed leaves its own behind, which goes with the run.
  const temporary = { TMPDIR: tmpdir(), TEMP: tmpdir(), TMP: tmpdir() };
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: PROJECT_ROOT,
    env: { PATH, HOME, ...temporary, MUSTER_DATA_DIR: dataDir, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  child.stdin.end();
  const ended = new Promise<Ended>((done) => {
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
  const lines = (count: number) =>
    new Promise<string[]>((done, fail) => {
      const look = () => {
        const complete = stdout.split("\n").slice(0, -1);
        if (complete.length >= count) done(complete);
      };
      child.stdout.on("data", look);
      child.once("close", () => fail(new Error(`ended before it said ${count} lines: ${stdout}${stderr}`)));
      look();
    });
  return { ended, lines, kill: (signal) => child.kill(signal) };
}
