import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import { type Actor, actorId } from "../../base/actor.ts";
import { dayOf } from "../../base/days.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { inClient, READING } from "../../db/tx.ts";
import { lockedMission } from "../../missions/service.ts";
import { stopMission } from "../deactivation/service.ts";
import { SEEDING } from "../transaction.ts";
import { type MissionFates, splitEnabled, strangerAmong, undoSums } from "./rules.ts";
import type { SeedRowDto, SeedRowFilters, SeedRowsInput, UndoDto, UndoInput } from "./schema.ts";
import {
  countFates,
  countSeedRows,
  deleteRemovable,
  findSeed,
  listSeedRows,
  type StandingSeed,
  updateUndone,
} from "./sql.ts";

/**
 * Removes the rows of one seeding that are neither completed nor have a redemption, and switches off the missions named, in one
 * transaction. A second undo is a success that does nothing: a kept row stays completed, or keeps its redemption, for good.
 * not_found for a seeding of nobody here, bad_request for a mission that is none of its, conflict while another change holds rows.
 */
export async function undoSeed(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: UndoInput,
  now: Date,
): Promise<UndoDto> {
  try {
    return await inClient(db, client, (tx) => undo(tx, actor, client, input, now), SEEDING);
  } catch (error) {
    if (!(error instanceof RowsMoved)) throw error;
    throw new AppError(
      "conflict",
      "Rows of this seeding are being changed at this moment, by a sync perhaps. Nothing was removed; try again when it is done.",
      { cause: error },
    );
  }
}

async function undo(tx: Db, actor: Actor, client: ClientId, input: UndoInput, now: Date): Promise<UndoDto> {
  const seed = await seedOf(tx, client, input.seedId, input.dryRun ? "none" : "for update");
  const missions = await countFates(tx, client, seed.id);
  const stranger = strangerAmong(input.disableMissions, missions);
  if (stranger !== null) {
    throw new AppError("bad_request", `This seeding created no rows for the mission ${stranger}.`, {
      field: "disableMissions",
    });
  }
  const sums = undoSums(missions, seed.undone !== null);
  const { off, on } = splitEnabled(seed.undone === null ? missions : [], input.disableMissions);
  const answer = { ...sums, missionsStillEnabled: on.map(named), disabled: off.map(named), undone: seed.undone };
  if (seed.undone !== null) {
    return { ...answer, kind: "already_undone" };
  }
  if (input.dryRun) {
    return { ...answer, kind: "preview" };
  }
  if (sums.removed === 0) {
    return { ...answer, kind: "nothing_to_remove" };
  }
  await remove(tx, client, seed, sums.removed);
  const undone = { at: now, byName: actor.name, removed: sums.removed, kept: sums.kept };
  await updateUndone(tx, client, seed.id, { ...undone, byId: actorId(actor) });
  await record(tx, actor, client, {
    action: "seeding.undone",
    subject: { kind: "seed", id: seed.id, name: seed.name },
    counts: { removed: sums.removed, kept: sums.kept },
  });
  await disable(tx, actor, client, off, now);
  return { ...answer, kind: "undone", undone };
}

/** Rows moved between our snapshot and our locks. By its code the transaction is run again, and sees them as they are then. */
class RowsMoved extends Error {
  readonly code = "40001";
}

/** lock_not_available; foreign_key_violation and restrict_violation: a redemption came to a row that had none in our snapshot */
const MOVED = ["55P03", "23503", "23001"];

async function remove(tx: Db, client: ClientId, seed: StandingSeed, expected: number): Promise<void> {
  let removed: number;
  try {
    removed = await deleteRemovable(tx, client, seed.id);
  } catch (error) {
    if (MOVED.includes(sqlStateOf(error) ?? ""))
      throw new RowsMoved("rows moved while they were removed", { cause: error });
    throw error;
  }
  if (removed !== expected) throw new Error(`undo of seed ${seed.id}: ${removed} rows removed, ${expected} counted`);
}

async function disable(
  tx: Db,
  actor: Actor,
  client: ClientId,
  missions: readonly MissionFates[],
  now: Date,
): Promise<void> {
  if (missions.length === 0) return;
  const today = dayOf(now, (await clientSettings(tx, client)).timezone);
  for (const { missionId } of missions) {
    await stopMission(tx, actor, client, await lockedMission(tx, client, missionId, today), { disable: true });
  }
}

/** A page of the rows of a seeding that are still there, by handle; not_found for a seeding of nobody here. */
export function seedRowPage(db: RootDb, client: ClientId, input: SeedRowsInput): Promise<Page<SeedRowDto>> {
  const work = async (tx: Db) => {
    await seedOf(tx, client, input.seedId, "none");
    const rows = await listSeedRows(tx, client, input);
    const page = toPage(rows, input, (row) => [row.handle, row.missionId, row.cycle]);
    return { ...page, rows: page.rows.map(({ cycle: _cycle, ...row }) => row) };
  };
  return inClient(db, client, work, READING);
}

/** How many rows of the seeding are still there, of one fate or of both. */
export function seedRowCount(db: RootDb, client: ClientId, filters: SeedRowFilters): Promise<number> {
  const work = async (tx: Db) => {
    await seedOf(tx, client, filters.seedId, "none");
    return countSeedRows(tx, client, filters);
  };
  return inClient(db, client, work, READING);
}

async function seedOf(tx: Db, client: ClientId, seed: string, lock: "for update" | "none"): Promise<StandingSeed> {
  const found = await findSeed(tx, client, seed, lock);
  if (found === null) throw notFound("This seeding");
  return found;
}

function named({ missionId, name }: MissionFates): { id: string; name: string } {
  return { id: missionId, name };
}
