/** A client with one of everything, each thing marked, so that a test can tell whether anything of it leaked. */
import { randomUUID } from "node:crypto";
import type { ClientId, MissionId, RewardId, UserId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "./builders.ts";
import { anAdmin } from "./caller.ts";

export interface Programme {
  clientId: ClientId;
  /** stands in every text of the programme: handles, titles, file names, reasons */
  mark: string;
  handle: string;
  userId: UserId;
  missionId: MissionId;
  rewardId: RewardId;
  importId: string;
  runId: string;
  planId: string;
  seedId: string;
  jobId: string;
  rehearsalId: string;
  redemptionId: string;
  adminId: string;
  channelId: string;
  deliveryId: string;
}

/** Builds the programme: creator, video, mission, progress row, redemption, adjustment, import, run, rehearsal, seed, schedule, audit entry. */
export async function aProgramme(db: RootDb): Promise<Programme> {
  const clientId = await aClient(db);
  const mark = `mark${randomUUID().slice(0, 8)}`;
  const handle = `${mark}.creator`;
  const userId = await aCreator(db, clientId, { handle });
  const rewardId = await aReward(db, clientId);
  const missionId = await aMission(db, clientId, { rewardId });
  await aVideo(db, clientId, userId);
  await aProgressRow(db, clientId, userId, missionId, { status: "completed", value: 1000 });
  const { id: adminId } = await anAdmin(db, clientId, "viewer");
  const programme = { clientId, mark, handle, userId, missionId, rewardId, adminId };
  return { ...programme, ...(await addRecords(db, programme)) };
}

type Recorded =
  | "importId"
  | "runId"
  | "planId"
  | "seedId"
  | "jobId"
  | "rehearsalId"
  | "redemptionId"
  | "channelId"
  | "deliveryId";

async function addRecords(
  db: RootDb,
  { clientId, mark, userId, missionId, rewardId }: Omit<Programme, Recorded | "handle" | "adminId">,
): Promise<Pick<Programme, Recorded>> {
  const [importId, runId, planId] = [randomUUID(), randomUUID(), randomUUID()];
  const [seedId, rehearsalId, redemptionId] = [randomUUID(), randomUUID(), randomUUID()];
  const jobId = randomUUID();
  const [channelId, deliveryId, eventId] = [randomUUID(), randomUUID(), randomUUID()];
  const c = sql`${clientId}::uuid`;
  const statements = [
    sql`update rewards set name = ${mark} where client_id = ${c}`,
    sql`update missions set title = ${mark} where client_id = ${c}`,
    sql`insert into redemptions (client_id, id, user_id, mission_id, reward_id, tier_at_claim, redemption_type)
      values (${c}, ${redemptionId}::uuid, ${userId}::uuid, ${missionId}::uuid, ${rewardId}::uuid, 'tier_1', 'instant')`,
    sql`insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by)
      values (${c}, ${userId}::uuid, 5, 'bonus', ${mark}, ${mark})`,
    sql`insert into imports (client_id, id, file_name, source, sha256, size_bytes, by_name, status)
      values (${c}, ${importId}::uuid, ${`${mark}.csv`}, 'upload', repeat('a', 64), 10, ${mark}, 'imported')`,
    sql`insert into sync_runs (client_id, id, number, source, status, by_name, import_id, started_at, ended_at)
      values (${c}, ${runId}::uuid, 1, 'manual', 'succeeded', ${mark}, ${importId}::uuid, now(), now())`,
    sql`insert into sync_changes (client_id, run_id, kind, position, user_id, tier_before, tier_after)
      values (${c}, ${runId}::uuid, 'promoted', 1, ${userId}::uuid, 'tier_1', 'tier_2')`,
    sql`insert into sync_holds (client_id, run_id, number, step, at, trips, decision, decided_at, decided_by_name, reason)
      values (${c}, ${runId}::uuid, 1, 'tiers', now(), '[{"guard": "demoted", "actual": "9", "base": 100, "threshold": "5", "allowed": "5"}]',
        'released', now(), ${mark}, ${mark})`,
    sql`insert into sync_hold_changes (client_id, run_id, number, kind, position, user_id, handle)
      values (${c}, ${runId}::uuid, 1, 'promoted', 1, ${userId}::uuid, ${mark})`,
    sql`insert into rehearsals (client_id, id, status, by_name, file_name, named, ended_at)
      values (${c}, ${rehearsalId}::uuid, 'finished', ${mark}, ${`${mark}.csv`}, '{"promoted": 1}', now())`,
    sql`insert into rehearsal_changes (client_id, rehearsal_id, kind, position, user_id, handle)
      values (${c}, ${rehearsalId}::uuid, 'promoted', 1, ${userId}::uuid, ${mark})`,
    sql`insert into seed_plans (client_id, id, mission_ids, snapshot, missions, will_create, already_seeded, not_eligible, unknown,
        by_name, computed_at, expires_at)
      values (${c}, ${planId}::uuid, array[${missionId}::uuid], pg_current_snapshot()::text, '[]', 0, 1, 0, 0, ${mark}, now(),
        now() + interval '1 day')`,
    sql`insert into seeds (client_id, id, source, by_name, mission_ids, created)
      values (${c}, ${seedId}::uuid, 'console', ${mark}, array[${missionId}::uuid], 1)`,
    sql`insert into seed_missions (client_id, seed_id, mission_id, created) values (${c}, ${seedId}::uuid, ${missionId}::uuid, 1)`,
    sql`insert into seed_jobs (client_id, id, status, request, name, pairs, by_kind, by_name, seed_id, ended_at)
      values (${c}, ${jobId}::uuid, 'cancelled', '{"kind": "run"}', ${mark}, 1, 'cli', ${mark}, ${seedId}::uuid, now())`,
    sql`update mission_progress set seed_id = ${seedId}::uuid where client_id = ${c}`,
    sql`insert into schedules (client_id, timezone, next_due_at) values (${c}, 'UTC', now() + interval '1 hour')`,
    sql`insert into notification_channels (client_id, id, kind, name, target_sealed, target_shown, events, by_name, created_at, updated_at)
      values (${c}, ${channelId}::uuid, 'slack', ${mark}, 'v1', ${mark}, '{}', ${mark}, now(), now())`,
    sql`insert into notification_events (client_id, id, type, key, data, at)
      values (${c}, ${eventId}::uuid, 'test', ${mark}, ${JSON.stringify({ byName: mark })}::jsonb, now())`,
    sql`insert into notification_deliveries (client_id, id, event_id, channel_id, status, next_at, created_at, ended_at)
      values (${c}, ${deliveryId}::uuid, ${eventId}::uuid, ${channelId}::uuid, 'delivered', now(), now(), now())`,
    sql`insert into audit_log (client_id, actor_kind, actor_name, action) values (${c}, 'cli', ${mark}, ${`${mark}.done`})`,
  ];
  await asOwner(db, async (owner) => {
    for (const statement of statements) await owner.execute(statement);
  });
  return { importId, runId, planId, seedId, jobId, rehearsalId, redemptionId, channelId, deliveryId };
}
