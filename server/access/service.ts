/** Use cases on sessions and clients. */
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess, inClient } from "../db/tx.ts";
import type { ClientCreateInput, ClientDto, FreshnessDto, Role, SessionDto } from "./schema.ts";
import { findClient, findFreshness, insertClientRow, listAllClients, listClientsOf } from "./sql.ts";

/** A scheduled start counts as missed when nothing came of it for this long; the tick comes every minute. */
const MISSED_AFTER_MINUTES = 5;

/** Who is signed in, and the clients they belong to. */
export async function describeSession(db: RootDb, actor: Actor): Promise<SessionDto> {
  if (actor.kind !== "admin") throw new AppError("forbidden", "Only a person who signed in has a session.");
  const clients = await listClients(db, actor);
  return { admin: { id: actor.id, name: actor.name, email: actor.email }, clients };
}

/** The clients an actor may open, by name, each with the actor's role. */
export function listClients(db: RootDb, actor: Actor): Promise<ClientDto[]> {
  return inAccess(db, async (tx) => {
    if (actor.kind === "admin") return listClientsOf(tx, actor.id);
    const all = await listAllClients(tx);
    if (actor.kind === "cli") return all;
    return all.flatMap((client) => (client.id === actor.clientId ? [{ ...client, role: "operator" as const }] : []));
  });
}

export function getClient(db: RootDb, client: ClientId, role: Role): Promise<ClientDto> {
  return inAccess(db, async (tx) => {
    const found = await findClient(tx, client, role);
    if (found === null) throw notFound("This client");
    return found;
  });
}

/** How old the client's data is and when it will be renewed. */
export function getFreshness(db: RootDb, client: ClientId, now: Date): Promise<FreshnessDto> {
  return inClient(db, client, (tx) => findFreshness(tx, client, { now, graceMinutes: MISSED_AFTER_MINUTES }));
}

/**
 * Adds a client inside the transaction that also writes its ladder and schedule; `client` comes from `authoriseNewClient`.
 * Refuses with `conflict` when the subdomain is taken.
 */
export async function insertClient(db: Db, actor: Actor, client: ClientId, input: ClientCreateInput): Promise<void> {
  if (!(await insertClientRow(db, client, input))) {
    throw new AppError("conflict", `The subdomain ${input.subdomain} is taken.`, { field: "subdomain" });
  }
  await record(db, actor, client, {
    action: "client.created",
    subject: { kind: "client", id: client, name: input.name },
    after: { ...input },
  });
}
