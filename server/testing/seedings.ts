/** Seedings with a history, for the tests of undo. */
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { aClient, aCreator, aMission, asOwner } from "./builders.ts";
import { callerAs } from "./caller.ts";

/** Completes every row of a creator. */
export function completeRows(db: RootDb, client: ClientId, user: UserId): Promise<number> {
  return asOwner(db, (tx) =>
    tx.execute(sql`
      update mission_progress set status = 'completed', completed_at = now(), current_value = 1000
      where client_id = ${client}::uuid and user_id = ${user}::uuid`),
  );
}

/** Gives every row of a creator a redemption; while it is still active, as only SQL can. */
export function redeemRows(db: RootDb, client: ClientId, user: UserId): Promise<number> {
  return asOwner(db, (tx) =>
    tx.execute(sql`
      insert into redemptions (client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type)
      select p.client_id, p.user_id, p.mission_id, p.cycle, m.reward_id, 'tier_1', 'instant'
      from mission_progress p join missions m on m.client_id = p.client_id and m.id = p.mission_id
      where p.client_id = ${client}::uuid and p.user_id = ${user}::uuid`),
  );
}

/** Who has a row of which mission. */
export function rowsOf(db: RootDb, client: ClientId): Promise<{ user: UserId; mission: MissionId; status: string }[]> {
  return asOwner(db, (tx) =>
    tx.query<{ user: UserId; mission: MissionId; status: string }>(sql`
      select user_id as user, mission_id as mission, status from mission_progress
      where client_id = ${client}::uuid order by user_id, mission_id`),
  );
}

/** A mission seeded for five creators: ada has completed it, bea completed and redeemed, cleo only redeemed; dora and eva neither. */
export async function aSeeding(db: RootDb, now: Date) {
  const client = await aClient(db);
  const mission = await aMission(db, client);
  const creators: UserId[] = [];
  for (const name of ["ada", "bea", "cleo", "dora", "eva"]) {
    creators.push(await aCreator(db, client, { handle: `${name}.${client.slice(0, 8)}` }));
  }
  const caller = await callerAs(db, "owner", client, { now });
  const { seedId } = await caller.seeding.run({ clientId: client, missionIds: [mission] });
  const [ada, bea, cleo, dora, eva] = creators as [UserId, UserId, UserId, UserId, UserId];
  await completeRows(db, client, ada);
  await completeRows(db, client, bea);
  await redeemRows(db, client, bea);
  await redeemRows(db, client, cleo);
  return { client, mission, caller, seedId: seedId!, kept: [ada, bea, cleo], removed: [dora, eva] };
}
