import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/days.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, MissionId, RewardId } from "../base/ids.ts";
import { type Page, toPage } from "../base/paging.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { sqlStateOf } from "../db/sql-errors.ts";
import { inClient } from "../db/tx.ts";
import { rewardOf } from "../rewards/service.ts";
import { missionChange, missionRefusal, type Standing, titleOfCopy } from "./rules.ts";
import type { MissionCreateInput, MissionDto, MissionFilters, MissionListInput, MissionUpdateInput } from "./schema.ts";
import {
  countMissions,
  findMission,
  insertCopy,
  insertMission,
  listAllMissions,
  listKnown,
  listLadder,
  listMissions,
  lockMission,
  updateMission,
  updateSwitches,
} from "./sql.ts";

const LOCK_NOT_AVAILABLE = "55P03";

/** A page of missions in the admin's own order. */
export function missionPage(
  db: RootDb,
  client: ClientId,
  input: MissionListInput,
  now: Date,
): Promise<Page<MissionDto>> {
  return inClient(db, client, async (tx) => {
    const rows = await listMissions(tx, client, input, await today(tx, client, now));
    return toPage(rows, input, (row) => [row.displayOrder, row.id]);
  });
}

/** How many missions the filters let through. */
export function missionCount(db: RootDb, client: ClientId, filters: MissionFilters, now: Date): Promise<number> {
  return inClient(db, client, async (tx) => countMissions(tx, client, filters, await today(tx, client, now)));
}

/** One mission; not_found for an id of nobody or of another client. */
export function getMission(db: RootDb, client: ClientId, mission: MissionId, now: Date): Promise<MissionDto> {
  return inClient(db, client, async (tx) => missionOf(tx, client, mission, await today(tx, client, now)));
}

/** The same inside an open transaction; `today` is the day in the client's timezone. */
export async function missionOf(tx: Db, client: ClientId, mission: MissionId, day: Day): Promise<MissionDto> {
  return found(await findMission(tx, client, mission, day));
}

/** The same, and nobody else changes the mission until the transaction ends; conflict while a seeding has it, which may take minutes. */
export async function lockedMission(tx: Db, client: ClientId, mission: MissionId, day: Day): Promise<MissionDto> {
  try {
    return found(await lockMission(tx, client, mission, day));
  } catch (error) {
    if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new AppError("conflict", "This mission is being seeded at this moment; try again when that has ended.", {
      cause: error,
    });
  }
}

/** All missions of a client in the admin's own order. */
export function allMissions(tx: Db, client: ClientId, day: Day): Promise<MissionDto[]> {
  return listAllMissions(tx, client, day);
}

/** The given missions by id and name, each once; not_found naming the first that is none of this client's. */
export async function knownMissions(
  tx: Db,
  client: ClientId,
  missions: readonly string[],
): Promise<{ id: MissionId; name: string }[]> {
  const known = await listKnown(tx, client, missions);
  const stranger = missions.find((asked) => !known.some(({ id }) => id === asked.toLowerCase()));
  if (stranger !== undefined) throw notFound(`Mission ${stranger}`);
  return known;
}

/** Inserts a mission inside an open transaction; the caller has checked it, and audits it where it stays. */
export function addMission(tx: Db, client: ClientId, input: MissionCreateInput): Promise<MissionId> {
  return insertMission(tx, client, input);
}

/** Creates a mission, asleep; bad_request naming the field that breaks a rule, not_found for a reward that is none. */
export function createMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: MissionCreateInput,
  now: Date,
): Promise<MissionDto> {
  return inClient(db, client, async (tx) => {
    await refuseBroken(tx, client, input, null);
    const id = await insertMission(tx, client, input);
    const mission = await missionOf(tx, client, id, await today(tx, client, now));
    await record(tx, actor, client, {
      action: "mission.created",
      subject: { kind: "mission", id, name: mission.name },
      after: {
        title: mission.title,
        missionType: mission.missionType,
        targetValue: mission.targetValue,
        tierEligibility: mission.tierEligibility,
        enabled: mission.enabled,
      },
    });
    return mission;
  });
}

/** Changes everything of a mission but its type and `activated`. An update that changes nothing leaves no trace. */
export function changeMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: MissionUpdateInput,
  now: Date,
): Promise<MissionDto> {
  const id = input.missionId as MissionId;
  return inClient(db, client, async (tx) => {
    const day = await today(tx, client, now);
    const standing = await lockedMission(tx, client, id, day);
    await refuseBroken(tx, client, { ...input, missionType: standing.missionType }, standing);
    const change = missionChange(standing, input);
    if (change === null) return standing;
    await updateMission(tx, client, id, input);
    const mission = await missionOf(tx, client, id, day);
    await record(tx, actor, client, {
      action: "mission.updated",
      subject: { kind: "mission", id: mission.id, name: mission.name },
      ...change,
    });
    return mission;
  });
}

/** Copies a mission under the title "… (copy)", neither enabled nor activated. */
export function duplicateMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  mission: MissionId,
  now: Date,
): Promise<MissionDto> {
  return inClient(db, client, async (tx) => {
    const day = await today(tx, client, now);
    const original = await missionOf(tx, client, mission, day);
    const id = await insertCopy(tx, client, mission, titleOfCopy(original.title));
    const copy = await missionOf(tx, client, id, day);
    await record(tx, actor, client, {
      action: "mission.duplicated",
      subject: { kind: "mission", id, name: copy.title },
      after: { title: copy.title, copyOf: original.id },
    });
    return copy;
  });
}

/** Sets the two switches of a mission that the caller has locked and will audit with what else the change does. */
export function switchMission(
  tx: Db,
  client: ClientId,
  mission: MissionId,
  to: { enabled: boolean; activated: boolean },
): Promise<void> {
  return updateSwitches(tx, client, mission, to);
}

function found(mission: MissionDto | null): MissionDto {
  if (mission === null) throw notFound("This mission");
  return mission;
}

async function refuseBroken(
  tx: Db,
  client: ClientId,
  input: MissionCreateInput,
  standing: Standing | null,
): Promise<void> {
  const refusal = missionRefusal(input, await listLadder(tx, client), standing);
  if (refusal !== null) throw new AppError("bad_request", refusal.message, { field: refusal.field });
  if (input.rewardId !== null) await rewardOf(tx, client, input.rewardId as RewardId);
}

async function today(tx: Db, client: ClientId, now: Date): Promise<Day> {
  const { timezone } = await clientSettings(tx, client);
  return dayOf(now, timezone);
}
