import { clientSettings } from "../../access/settings.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, toPage } from "../../base/paging.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { findCreator } from "../sql.ts";
import type { TimelineEntry, TimelineInput } from "./schema.ts";
import { listTimeline } from "./sql.ts";

/** A page of what happened to one creator, newest first; not_found for an id of nobody here. */
export function creatorTimeline(db: RootDb, client: ClientId, input: TimelineInput): Promise<Page<TimelineEntry>> {
  return inClient(db, client, async (tx) => {
    if ((await findCreator(tx, client, input.userId)) === null) throw notFound("This creator");
    const rows = await listTimeline(tx, await clientSettings(tx, client), input);
    const page = toPage(rows, input, (row) => [row.place, row.step, row.key]);
    return {
      ...page,
      rows: page.rows.map(({ key, at, kind, step, facts, runNumber, byName }) => ({
        ...facts,
        key: `${step} ${key} ${at.getTime()}`,
        at,
        kind,
        runNumber,
        byName,
      })),
    };
  });
}
