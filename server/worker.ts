/** A process that only works: takes queued runs and keeps the schedule, without a port. Any number may run beside the server. */
import { constants, setPriority } from "node:os";
import { createLog } from "./base/log.ts";
import { openInstallation, orExit, runEntry } from "./boot.ts";
import { startEngine } from "./engine.ts";
import { readEnv } from "./env.ts";

const env = orExit(readEnv);
const log = createLog({ level: env.logLevel, stream: "stderr" });

await runEntry(log, async (shutdown) => {
  const installation = await openInstallation(env, "muster worker");
  shutdown.add(installation.close);
  // A night may take some seconds longer; whoever waits for a page of a server on the same machine should not.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const engine = await startEngine({ db: installation.db, env, log, now: () => new Date() });
  shutdown.add(engine.stop);
  process.stdout.write(`The worker is ready; the data lies in ${installation.location}\n`);
});
