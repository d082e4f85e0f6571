/** Callers for tests: a procedure called as an admin of a given role, with a held clock and a quiet log. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor } from "../base/actor.ts";
import type { Role } from "../access/schema.ts";
import type { AdminId, ClientId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { keyFrom } from "../base/secret-box.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import type { Telling } from "../notifications/telling.ts";
import { createCaller } from "../router.ts";
import type { Context } from "../trpc/context.ts";
import { asOwner } from "./builders.ts";

export interface CallerOptions {
  now?: Date;
  inboxDir?: string;
  telling?: Telling;
  directPairs?: number;
}

/** An installation that may call the own network, where tests listen, and sends no mail. */
export const testTelling: Telling = {
  secretKey: keyFrom("the key of all tests, which is no secret"),
  allowsPrivate: true,
  mail: null,
  publicUrl: "https://muster.example",
};

/** A context for one actor, as http.ts would make it. */
export function contextFor(db: RootDb, actor: Actor | null, options: CallerOptions = {}): Context {
  return {
    db,
    actor,
    now: () => options.now ?? new Date(),
    log: createLog({ level: "silent" }),
    inboxDir: options.inboxDir ?? mkdtempSync(join(tmpdir(), "muster-inbox-")),
    uploadLimitBytes: 1_000_000,
    telling: options.telling ?? testTelling,
    directPairs: options.directPairs,
    requestId: randomUUID(),
    isSessionAlive: () => Promise.resolve(true),
  };
}

/** An admin with one role in the client (null: a stranger to it). */
export function anAdmin(db: RootDb, client: ClientId, role: Role | null): Promise<Extract<Actor, { kind: "admin" }>> {
  const id = randomUUID() as string as AdminId;
  const email = `${id}@example.test`;
  return asOwner(db, async (owner) => {
    await owner.execute(
      sql`insert into admins (id, name, email) values (${id}::uuid, ${`Admin ${id.slice(0, 4)}`}, ${email})`,
    );
    if (role !== null) {
      await owner.execute(
        sql`insert into memberships (client_id, admin_id, role) values (${client}::uuid, ${id}::uuid, ${role})`,
      );
    }
    return { kind: "admin", id, name: `Admin ${id.slice(0, 4)}`, email };
  });
}

/** A caller acting as a new admin with that role in the client. */
export async function callerAs(db: RootDb, role: Role | null, client: ClientId, options: CallerOptions = {}) {
  return createCaller(contextFor(db, await anAdmin(db, client, role), options));
}
