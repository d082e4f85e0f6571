import { clientSettings } from "../../access/settings.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { inClient } from "../../db/tx.ts";
import type { HealthContext } from "../check.ts";
import { checkOf } from "../checks.ts";
import type { RecordDto, RecordListInput } from "../schema.ts";
import { limitStatements } from "../sql.ts";
import { countRecords, listRecords } from "./sql.ts";

const LIMIT_MS = 30_000;

/** A page of the records that a check finds now, by name. unavailable when finding them takes too long. */
export function recordPage(db: RootDb, client: ClientId, input: RecordListInput, now: Date): Promise<Page<RecordDto>> {
  const check = checkOf(input.code);
  const walk = { ...pageStart(input, ["text", "text", "text"]), limit: input.limit };
  return inTime(db, client, now, async (tx, health) => {
    const page = toPage(await listRecords(tx, health, check, walk), input, (row) => [row.label, row.id, row.missionId]);
    const kind = check.subject === "row" ? "creator" : check.subject;
    const rows = page.rows.map(({ missionId, missionName, ...row }) => ({
      kind,
      ...row,
      mission: missionId === "" ? null : { id: missionId, name: missionName },
    }));
    return { ...page, rows };
  });
}

/** How many records with a name a check finds now. */
export function recordCount(db: RootDb, client: ClientId, code: string, now: Date): Promise<number> {
  const check = checkOf(code);
  return inTime(db, client, now, (tx, health) => countRecords(tx, health, check));
}

/** Reads as bulk work within the limit. */
async function inTime<T>(
  db: RootDb,
  client: ClientId,
  now: Date,
  work: (tx: Db, health: HealthContext) => Promise<T>,
): Promise<T> {
  try {
    return await inClient(
      db,
      client,
      async (tx) => {
        await limitStatements(tx, LIMIT_MS);
        const health = { settings: await clientSettings(tx, client), now };
        return inBulk(tx, () => work(tx, health));
      },
      { timeoutMs: LIMIT_MS + 10_000 },
    );
  } catch (error) {
    if (sqlStateOf(error) !== "57014") throw error;
    throw new AppError("unavailable", "Finding these records took longer than 30 s; the download has no such limit.", {
      cause: error,
    });
  }
}
