/** Seedings that created rows: the list of them, one of them, and what is left of its rows. */
import { notFound } from "../../base/errors.ts";
import type { ClientId, SeedId } from "../../base/ids.ts";
import { type Page, toPage } from "../../base/paging.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import type { SeedCountsDto, SeedCountsInput, SeedDto, SeedListInput } from "../schema.ts";
import { countLeft, countSeeds, findSeed, listSeeds } from "./sql.ts";

/** A page of seedings that created rows, newest first. */
export function seedPage(db: RootDb, client: ClientId, input: SeedListInput): Promise<Page<SeedDto>> {
  return inClient(db, client, async (tx) => {
    const rows = await listSeeds(tx, client, input);
    const page = toPage(rows, input, ({ key, seed }) => [key, seed.id]);
    return { ...page, rows: page.rows.map(({ seed }) => seed) };
  });
}

/** One seeding; not_found for an id of nobody here. */
export function getSeed(db: RootDb, client: ClientId, seed: SeedId): Promise<SeedDto> {
  return inClient(db, client, async (tx) => {
    const found = await findSeed(tx, client, seed);
    if (found === null) throw notFound("This seeding");
    return found;
  });
}

/** How many seedings created rows for the mission, or at all. */
export function seedCount(db: RootDb, client: ClientId, filters: { missionId?: string | undefined }): Promise<number> {
  return inClient(db, client, (tx) => countSeeds(tx, client, filters.missionId), READING);
}

/** How many rows of the given seedings are left; seedings of nobody here are left out. */
export function seedCounts(db: RootDb, client: ClientId, input: SeedCountsInput): Promise<SeedCountsDto[]> {
  return inClient(db, client, (tx) => countLeft(tx, client, input), READING);
}
