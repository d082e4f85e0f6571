/**
 * The demo programme: on an empty database two clients are set up through the procedures, and five weeks of daily files go
 * through the real import and sync, each with the clock held at the night it stands for. Killed half-way, the next start goes on.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { createAdmin, isPasswordOf } from "../access/accounts.ts";
import type { Role } from "../access/schema.ts";
import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/days.ts";
import { sql } from "../db/db.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess } from "../db/tx.ts";
import { createCaller } from "../router.ts";
import { FILE_LIMIT_BYTES, isPlayed, playHistory } from "./history.ts";
import { demoProgrammes } from "./programmes.ts";
import { setUp } from "./set-up.ts";

export interface DemoOptions {
  db: RootDb;
  log: Log;
  now: () => Date;
}

/** Who may sign in to the demo, and as what. Nobody outside of it has a default password. */
const accounts: readonly { email: string; name: string; role: Role }[] = [
  { email: "owner@muster.demo", name: "Dana Reyes", role: "owner" },
  { email: "operator@muster.demo", name: "Oscar Lind", role: "operator" },
  { email: "viewer@muster.demo", name: "Vera Novak", role: "viewer" },
];
const PASSWORD = "muster-demo-2026";

const maker: Actor = { kind: "cli", name: "demo programme" };

/** Makes the demo on a database without clients and admins, or goes on where an earlier start was killed; else does nothing. */
export async function makeDemo({ db, log, now }: DemoOptions): Promise<void> {
  const state = await demoState(db);
  if (state === "none") return;
  if (state === "empty") {
    process.stderr.write("The database is empty: making the demo programme, about half a minute…\n");
    await createAccounts(db);
  }
  const callerAt = (clock: () => Date) =>
    createCaller({
      db,
      log,
      actor: maker,
      now: clock,
      inboxDir: tmpdir(),
      uploadLimitBytes: FILE_LIMIT_BYTES,
      // The demo enters no address that would have to be opened again.
      telling: { secretKey: randomBytes(32), allowsPrivate: false, mail: null, publicUrl: null },
      requestId: randomUUID(),
      isSessionAlive: () => Promise.resolve(true),
    });
  for (const programme of demoProgrammes(dayOf(now(), "America/New_York"))) {
    if (await isPlayed(callerAt(now), programme.client.subdomain)) continue;
    const client = await setUp({ db, actor: maker, callerAt, now, accounts }, programme);
    await playHistory({ db, log, actor: maker, callerAt, now }, client, programme);
  }
}

/** How to sign in to the demo; null when this installation has none, or its password was changed. */
export async function demoSignIn(db: RootDb): Promise<{ email: string; password: string } | null> {
  const { email } = accounts[0]!;
  return (await isPasswordOf(db, email, PASSWORD)) ? { email, password: PASSWORD } : null;
}

async function createAccounts(db: RootDb): Promise<void> {
  const known = await inAccess(db, (tx) => tx.query<{ email: string }>(sql`select email from admins`));
  for (const account of accounts) {
    if (known.some(({ email }) => email === account.email)) continue;
    await createAdmin(db, { ...account, password: PASSWORD });
  }
}

/** `empty`: no client, and nobody but accounts of a demo killed in its first second. `begun`: what is missing of it is added. */
async function demoState(db: RootDb): Promise<"empty" | "begun" | "none"> {
  const emails = accounts.map(({ email }) => email);
  const [row] = await inAccess(db, (tx) =>
    tx.query<{ hasClients: boolean; hasOthers: boolean; hasDemo: boolean }>(sql`
      select exists (select 1 from clients) as "hasClients",
        exists (select 1 from admins where email <> all (${emails}::text[])) as "hasOthers",
        exists (select 1 from admins where email = ${emails.at(-1)!}) as "hasDemo"`),
  );
  if (!row!.hasClients && !row!.hasOthers) return "empty";
  return row!.hasDemo ? "begun" : "none";
}
