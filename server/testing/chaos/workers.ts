/** The workers' processes of a chaos test, as the test sees them. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { PROJECT_ROOT } from "../../env.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #heard = new Set<FromWorker["kind"]>();
  #wake: () => void = () => undefined;
  #isDead = false;

  constructor(bundle: string) {
    this.#child = fork(bundle, { cwd: PROJECT_ROOT, execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child.on("message", ({ kind }: FromWorker) => {
      this.#heard.add(kind);
      this.#wake();
    });
    this.#child.on("exit", () => {
      this.#isDead = true;
      this.#wake();
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  say(message: ToWorker): void {
    if (message.kind === "work")
      for (const kind of ["working", "waiting", "stopped"] as const) this.#heard.delete(kind);
    if (!this.#isDead) this.#child.send(message);
  }

  /** Resolves when it has said so; false when it died instead, or did not in time. */
  async hears(kind: FromWorker["kind"], withinMs: number): Promise<boolean> {
    const until = Date.now() + withinMs;
    while (!this.#heard.has(kind) && !this.#isDead && Date.now() < until) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, until - Date.now());
        this.#wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    return this.#heard.has(kind);
  }

  async dies(): Promise<void> {
    while (!this.#isDead) await new Promise<void>((done) => (this.#wake = done));
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }
}

/** Bundles the worker, because translating its sources at every start takes seconds; answers the bundle's path. */
export async function bundleWorker(): Promise<string> {
  const outfile = join(PROJECT_ROOT, "dist/chaos/child.js");
  await build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: ["server/testing/chaos/child.ts"],
    outfile,
    bundle: true,
    // Packages stay where npm put them: some find their own files from there.
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  return outfile;
}
