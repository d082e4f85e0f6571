/** Other names of known creators. Accepting one is remembered for the rows to come; what stands stays where it is. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { Alias, AliasInput, AliasStatus, AliasSuggestion, AliasUndoInput } from "./schema.ts";
import * as store from "./sql.ts";

export function listSuggestions(db: RootDb, client: ClientId, now: Date): Promise<AliasSuggestion[]> {
  return inClient(db, client, (tx) => inBulk(tx, () => store.listSuggestions(tx, client, now)));
}

export function listAliases(db: RootDb, client: ClientId, status: AliasStatus): Promise<Alias[]> {
  return inClient(db, client, (tx) => store.listAliases(tx, client, status));
}

interface Decision {
  input: AliasInput;
  now: Date;
}

/** `nothing`: somebody, or the same click twice, decided so already; no second audit entry is written. */
type Decided = { kind: "decided" | "nothing" };

/** From now on rows of the handle are the creator's. Throws conflict for a handle that stands for somebody else, or would make a chain. */
export function acceptAlias(db: RootDb, actor: Actor, client: ClientId, { input, now }: Decision): Promise<Decided> {
  return inClient(db, client, async (tx) => {
    const owner = await ownerOf(tx, client, input);
    const chained = await store.findChain(tx, client, input.handle, owner);
    if (chained !== null) {
      throw new AppError(
        "conflict",
        `@${chained} is part of another alias with one of these names. Undo that one first.`,
      );
    }
    if (!(await store.upsertAlias(tx, client, { ...input, status: "accepted", by: actor, now }))) {
      if ((await store.findStatus(tx, client, input.handle, input.userId)) === "accepted") return { kind: "nothing" };
      throw new AppError("conflict", `@${input.handle} stands for another creator already. Undo that alias first.`);
    }
    await note(tx, actor, client, "alias.accepted", input, owner);
    return { kind: "decided" };
  });
}

/** The pair is not offered again. */
export function dismissAlias(db: RootDb, actor: Actor, client: ClientId, { input, now }: Decision): Promise<Decided> {
  return inClient(db, client, async (tx) => {
    const owner = await ownerOf(tx, client, input);
    if (!(await store.upsertAlias(tx, client, { ...input, status: "dismissed", by: actor, now })))
      return { kind: "nothing" };
    await note(tx, actor, client, "alias.dismissed", input, owner);
    return { kind: "decided" };
  });
}

/**
 * Takes a decision back. After an alias rows to come are the handle's own again, and those taken meanwhile stay; a pair that was
 * dismissed may be offered again. `nothing`: it was gone, or somebody decided otherwise meanwhile.
 */
export function undoAlias(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: AliasUndoInput,
): Promise<{ kind: "undone" | "nothing" }> {
  return inClient(db, client, async (tx) => {
    const owner = await ownerOf(tx, client, input);
    if (!(await store.deleteAlias(tx, client, input))) return { kind: "nothing" };
    await note(tx, actor, client, "alias.undone", input, owner);
    return { kind: "undone" };
  });
}

async function ownerOf(tx: Db, client: ClientId, { handle, userId }: AliasInput): Promise<string> {
  const owner = await store.findHandle(tx, client, userId);
  if (owner === null) throw notFound("This creator");
  if (owner === handle)
    throw new AppError("bad_request", `@${handle} is the creator's own handle.`, { field: "handle" });
  return owner;
}

function note(tx: Db, actor: Actor, client: ClientId, action: string, { handle, userId }: AliasInput, owner: string) {
  return record(tx, actor, client, {
    action,
    subject: { kind: "creator", id: userId, name: owner },
    after: { handle, creator: owner },
  });
}
