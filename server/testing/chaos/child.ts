/** A worker's process that a test can stop where it wants: the real worker and the real eight steps. */
import { createLog } from "../../base/log.ts";
import type { RootDb } from "../../db/pools.ts";
import { openDatabase } from "../../db/pools.ts";
import type { SyncStep } from "../../sync/step-types.ts";
import { pipeline } from "../../sync/steps.ts";
import type { Worker } from "../../sync/worker.ts";
import { startWorker } from "../../sync/worker.ts";
import type { FromWorker, ToWorker, Work } from "./messages.ts";

let db: RootDb | null = null;
let worker: Worker | null = null;
let goOn = () => {};

const say = (kind: FromWorker["kind"]) => process.send?.({ kind } satisfies FromWorker);

/** The steps with one place at which the process stops, once: the step is done again later. */
function stepsOf({ stopAt }: Work): readonly SyncStep[] {
  if (stopAt === null) return pipeline;
  let isPassed = false;
  const stop = async () => {
    if (isPassed) return;
    isPassed = true;
    if (stopAt.how === "die") process.kill(process.pid, "SIGKILL");
    await new Promise<void>((done) => {
      goOn = done;
      say("waiting");
    });
  };
  return pipeline.map((step) => (step.name === stopAt.step ? stoppingAt(step, stopAt.at, stop) : step));
}

function stoppingAt(step: SyncStep, at: NonNullable<Work["stopAt"]>["at"], stop: () => Promise<void>): SyncStep {
  const stopping: SyncStep = {
    name: step.name,
    prepare: async (...args) => {
      if (at === "begun") await stop();
      return (await step.prepare?.(...args)) ?? null;
    },
    run: async (...args) => {
      const outcome = await step.run(...args);
      if (at === "written") await stop();
      return outcome;
    },
  };
  // Read by the runner right after the commit, and nowhere else.
  const readFills = () => {
    if (at === "saved") void stop();
    return step.fills ?? {};
  };
  return Object.defineProperty(stopping, "fills", { get: readFills });
}

async function work(message: Work): Promise<void> {
  db = openDatabase({ url: message.url, applicationName: "chaos worker", appConnections: 6 });
  const log = createLog({ level: "silent" });
  const now = () => new Date(message.now);
  worker = await startWorker(
    db,
    {
      now,
      log,
      inboxDir: message.inbox,
      uploadLimitBytes: 10_000_000,
      steps: stepsOf(message),
      heartbeatMs: 100,
      backoffMs: [50, 100, 200, 400, 800, 1_600, 3_200, 3_200],
    },
    { silentAfterMs: 800, watchMs: 100, graceMs: 1_000 },
  );
  say("working");
}

async function stop(): Promise<void> {
  goOn();
  await worker?.stop();
  await db?.close();
  [worker, db] = [null, null];
  say("stopped");
}

// Nobody is left to work for.
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToWorker) => {
  if (message.kind === "go") return goOn();
  const done = message.kind === "work" ? work(message) : stop();
  done.catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
say("ready");
