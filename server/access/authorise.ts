import { randomUUID } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { isUuid } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess } from "../db/tx.ts";
import { type Permission, permissions, type Role, roleHas } from "./schema.ts";
import { clientExists, findRole } from "./sql.ts";

export interface Access {
  client: ClientId;
  role: Role;
}

/**
 * The only place where a ClientId is minted. A stranger gets not_found, as for a client that does not exist;
 * a member whose role is too small gets forbidden, naming the role needed (domain reference, section 11).
 */
export async function authorise(db: RootDb, actor: Actor, clientId: string, permission: Permission): Promise<Access> {
  if (!isUuid(clientId)) throw notFound("This client");
  const role = await roleOf(db, actor, clientId);
  if (role === null) throw notFound("This client");
  if (!roleHas(role, permission)) {
    throw new AppError("forbidden", `This needs the role ${permissions[permission]}; yours is ${role}.`, {
      details: { needed: permissions[permission], role },
    });
  }
  return { client: clientId.toLowerCase() as ClientId, role };
}

/** The id for a client that is about to be created, which only whoever runs the command line may do. */
export function authoriseNewClient(actor: Actor): ClientId {
  if (actor.kind !== "cli") throw new AppError("forbidden", "Clients are created on the command line.");
  return randomUUID() as string as ClientId;
}

function roleOf(db: RootDb, actor: Actor, clientId: string): Promise<Role | null> {
  return inAccess(db, async (tx) => {
    if (actor.kind === "admin") return findRole(tx, actor.id, clientId);
    const role = roleWithoutMembership(actor, clientId);
    return role !== null && (await clientExists(tx, clientId)) ? role : null;
  });
}

/** The role that an actor brings along without a membership; null for admins, whose memberships decide. */
function roleWithoutMembership(actor: Actor, clientId: string): Role | null {
  if (actor.kind === "cli") return "owner";
  if (actor.kind === "job" && actor.clientId === clientId) return "operator";
  return null;
}
