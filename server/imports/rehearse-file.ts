/** A file that is only tried: what the night would store, check and merge, without a trace. */
import { createReadStream } from "node:fs";
import type pg from "pg";
import type { Actor } from "../base/actor.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import type { ImportId } from "../base/ids.ts";
import { pgDb } from "../db/tx.ts";
import { withSpooled } from "./spool.ts";
import * as store from "./sql.ts";
import { fill } from "./stage.ts";
import { type IncomingFile, shownName } from "./store.ts";

/**
 * Stores and stages a file inside the transaction that the owner's connection has open: when that is rolled back, nothing is left
 * of it, whatever became of this process. Its bytes are not kept, since nobody asks for them before the end. Throws as
 * `storeImport` does for a file that is refused, but records nothing.
 */
export async function storeWithin(
  owner: pg.ClientBase,
  actor: Actor,
  settings: ClientSettings,
  file: IncomingFile,
  options: { now: Date; limitBytes: number },
): Promise<ImportId> {
  const client = settings.id;
  const columnNames = await store.findColumnNames(pgDb(owner), client);
  return withSpooled(file.stream, { limitBytes: options.limitBytes, columnNames }, async (spooled) => {
    if (spooled.path === null) throw spooled.refusal ?? new Error("a file without content was not refused");
    const id = await store.insertImport(pgDb(owner), client, {
      ...spooled,
      refusal: null,
      fileName: shownName(file.name),
      source: file.source,
      columnNames,
      by: actor,
      now: options.now,
    });
    const filling = { id, settings, now: options.now, rows: spooled.rows, columnNames };
    await fill(owner, client, filling, createReadStream(spooled.path));
    return id;
  });
}
