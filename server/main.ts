/** `npm start`: database, demo on an empty one, console and procedures on one port, worker and schedule in the same process. */
import { join } from "node:path";
import type { Log } from "./base/log.ts";
import { createLog } from "./base/log.ts";
import { StartError } from "./base/start-error.ts";
import { openInstallation, orExit, runEntry } from "./boot.ts";
import type { Installation, Shutdown } from "./boot.ts";
import { withOwner } from "./db/tx.ts";
import { demoSignIn, makeDemo } from "./demo/make-demo.ts";
import type { Engine } from "./engine.ts";
import { startEngine, startTelling } from "./engine.ts";
import type { Env } from "./env.ts";
import { readEnv } from "./env.ts";
import { buildHttp } from "./http.ts";
import { checkPort, listen } from "./listen.ts";

const now = () => new Date();

async function start(env: Env, log: Log, shutdown: Shutdown): Promise<void> {
  await checkPort(env);
  const installation = await openInstallation(env, "muster", { replica: { url: env.replicaUrl, log } });
  shutdown.add(installation.close);
  const { db } = installation;
  await makeDemoAlone(installation, log);
  const http = await buildHttp({ db, env, log, now });
  let engine: Engine | null = null;
  // New requests are refused at once, running steps have their time; the database goes last.
  shutdown.add(() => Promise.all([http.close(), engine?.stop()]));
  engine = env.isEngineOn ? await startEngine({ db, env, log, now }) : startTelling({ db, env, log, now });
  const address = await listen(http, env);
  await sayReady(env.publicUrl ?? address, installation);
}

/** Any positive number, the same in every process. */
const DEMO_LOCK = 7_205_118;

/** Of several processes that find the database empty one makes the demo, the others wait for it. */
async function makeDemoAlone({ db }: Installation, log: Log): Promise<void> {
  await withOwner(db, async (owner) => {
    await owner.query("select pg_advisory_lock($1)", [DEMO_LOCK]);
    try {
      await makeDemo({ db, log, now });
    } finally {
      await owner.query("select pg_advisory_unlock($1)", [DEMO_LOCK]);
    }
  });
}

/** The three lines; logs go elsewhere so that these are seen. */
async function sayReady(address: string, { db, location }: Installation): Promise<void> {
  const demo = await demoSignIn(db);
  const signIn =
    demo === null
      ? "Sign in with your account (npm run muster -- admin:create makes one)."
      : `Sign in to the demo as ${demo.email} with the password ${demo.password}`;
  process.stdout.write(`Muster is ready at ${address}\n${signIn}\nThe data lies in ${location}\n`);
}

/** A person at a terminal wants to see three lines; a supervisor collects the standard error. */
function logOf(env: Env): Log {
  if (!process.stderr.isTTY) return createLog({ level: env.logLevel, stream: "stderr" });
  try {
    return createLog({ level: env.logLevel, file: join(env.dataDir, "muster.log") });
  } catch (error) {
    throw new StartError(`The folder ${env.dataDir} cannot be written to; set MUSTER_DATA_DIR to another.`, error);
  }
}

const env = orExit(readEnv);
const log = orExit(() => logOf(env));
await runEntry(log, (shutdown) => start(env, log, shutdown));
