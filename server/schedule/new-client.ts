import { authoriseNewClient } from "../access/authorise.ts";
import type { ClientCreateInput } from "../access/schema.ts";
import { insertClient } from "../access/service.ts";
import type { Actor } from "../base/actor.ts";
import type { ClientId } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { TiersUpdateInput } from "../tiers/schema.ts";
import { setLadder } from "../tiers/service.ts";
import { ensureSchedule } from "./service.ts";

/** Creates a client with its ladder and its nightly schedule in one transaction; for whoever runs the command line. */
export async function createClient(
  db: RootDb,
  actor: Actor,
  input: ClientCreateInput & TiersUpdateInput,
  now: Date,
): Promise<ClientId> {
  const { tiers, ...row } = input;
  const client = authoriseNewClient(actor);
  await inClient(db, client, async (tx) => {
    await insertClient(tx, actor, client, row);
    await setLadder(tx, { actor, client, now }, { tiers });
    await ensureSchedule(tx, client, row.timezone, now);
  });
  return client;
}
