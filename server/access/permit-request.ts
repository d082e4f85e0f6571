import type { FastifyRequest } from "fastify";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { authorise } from "./authorise.ts";
import type { Permission } from "./schema.ts";

export interface RouteDeps {
  db: RootDb;
  /** who is signed in, or null */
  actorOf: (request: FastifyRequest) => Promise<Actor | null>;
}

/** What the builder of procedures does, for a plain route: who asks, and the client if they may. Throws as `authorise` does. */
export async function permitRequest(
  { db, actorOf }: RouteDeps,
  request: FastifyRequest,
  clientId: string,
  permission: Permission,
): Promise<{ actor: Actor; client: ClientId }> {
  const actor = await actorOf(request);
  if (actor === null) throw new AppError("unauthenticated", "Sign in first.");
  const { client } = await authorise(db, actor, clientId, permission);
  return { actor, client };
}
