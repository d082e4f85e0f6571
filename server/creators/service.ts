import { notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { type Page, pageStart, type StalePage, toPage } from "../base/paging.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClientMaybeStale } from "../db/replica/stale.ts";
import { inClient } from "../db/tx.ts";
import type { CreatorCountInput, CreatorDto, CreatorListInput, CreatorRow } from "./schema.ts";
import {
  countCreators,
  findByHandle,
  findCreator,
  listByHandle,
  listRanked,
  listTierLog,
  listUnranked,
} from "./sql.ts";

/**
 * A page of creators, by handle or by rank. From a replica only where the input says that it may be old: fixes of data health and
 * the ladder's editor change creators too, and whoever has made them looks at once.
 */
export async function listCreators(
  db: RootDb,
  client: ClientId,
  input: CreatorListInput,
): Promise<StalePage<CreatorRow>> {
  const page = (tx: Db) => (input.sort === "handle" ? pageByHandle(tx, client, input) : pageByRank(tx, client, input));
  const { answer, asOf } = await inClientMaybeStale(db, client, page, { mayBeStale: input.mayBeStale });
  return { ...answer, asOf };
}

async function pageByHandle(tx: Db, client: ClientId, input: CreatorListInput): Promise<Page<CreatorRow>> {
  const { key, isBackward } = pageStart(input, ["text"]);
  const rows = await listByHandle(tx, client, input, { key: key?.[0] ?? null, isBackward, limit: input.limit });
  return toPage(rows, input, (row) => [row.handle]);
}

/** Rank 0 in a cursor stands for a creator without a rank. */
async function pageByRank(tx: Db, client: ClientId, input: CreatorListInput): Promise<Page<CreatorRow>> {
  const { key, isBackward } = pageStart(input, ["integer", "uuid"]);
  const rows: CreatorRow[] = [];
  const room = () => ({ isBackward, limit: input.limit - rows.length });
  const isAmongUnranked = key?.[0] === 0;
  const ranked = async (from: readonly [number, string] | null) => {
    if (rows.length <= input.limit) rows.push(...(await listRanked(tx, client, input, { key: from, ...room() })));
  };
  const unranked = async (from: string | null) => {
    if (rows.length <= input.limit) rows.push(...(await listUnranked(tx, client, input, { key: from, ...room() })));
  };
  const start = key === null || isAmongUnranked ? null : key;
  if (isBackward) {
    if (isAmongUnranked) await unranked(key[1]);
    await ranked(start);
  } else {
    if (!isAmongUnranked) await ranked(start);
    await unranked(isAmongUnranked ? key[1] : null);
  }
  return toPage(rows, input, (row) => [row.rank ?? 0, row.userId]);
}

/** How many creators the filters leave, from where the page beside it is. */
export async function countOfCreators(db: RootDb, client: ClientId, input: CreatorCountInput): Promise<number> {
  const { mayBeStale } = input;
  return (await inClientMaybeStale(db, client, (tx) => countCreators(tx, client, input), { mayBeStale })).answer;
}

/** One creator with the tier log; not_found for an id of nobody here. */
export function getCreator(db: RootDb, client: ClientId, userId: string): Promise<CreatorDto> {
  return inClient(db, client, async (tx) => {
    const creator = await findCreator(tx, client, userId);
    if (creator === null) throw notFound("This creator");
    return { ...creator, tierLog: await listTierLog(tx, client, userId) };
  });
}

/** The creator whom a person named by handle (a leading @ and capitals are forgiven), or null. */
export function creatorByHandle(
  tx: Db,
  client: ClientId,
  typed: string,
): Promise<{ userId: string; handle: string } | null> {
  return findByHandle(tx, client, typed.trim().replace(/^@/, "").toLowerCase());
}
