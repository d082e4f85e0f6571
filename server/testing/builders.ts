/**
 * Rows with sensible defaults, written as the owner, so that a test says only what it is about.
 * Each test makes a client of its own; nothing is shared.
 */
import { randomUUID } from "node:crypto";
import type { ClientId, MissionId, RewardId, UserId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { pgDb, withOwner } from "../db/tx.ts";

let counter = 0;
function next(): number {
  counter += 1;
  return counter;
}

/** Runs statements as the owner: for arranging a test and for looking at what stands. */
export function asOwner<T>(db: RootDb, work: (owner: Db) => Promise<T>): Promise<T> {
  return withOwner(db, (client) => work(pgDb(client)));
}

export interface ClientOptions {
  timezone?: string;
  currency?: string;
  vipMetric?: "sales" | "units";
  tierCalculationMode?: "fixed_checkpoint" | "lifetime";
  checkpointMonths?: number;
  /** thresholds of tier_1, tier_2 …, the lowest first; the lowest is exempt; null: no threshold */
  tiers?: readonly (number | null)[];
}

/** A client with a ladder (0, 1000, 3000, 10000 unless said otherwise). */
export function aClient(db: RootDb, options: ClientOptions = {}): Promise<ClientId> {
  const id = randomUUID() as string as ClientId;
  const thresholds = options.tiers ?? [0, 1000, 3000, 10_000];
  const metric = options.vipMetric ?? "sales";
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into clients (id, name, subdomain, timezone, currency, vip_metric, tier_calculation_mode, checkpoint_months)
      values (${id}::uuid, ${`Client ${next()}`}, ${`c-${id.slice(0, 13)}`}, ${options.timezone ?? "America/New_York"},
        ${options.currency ?? "USD"}, ${metric}, ${options.tierCalculationMode ?? "fixed_checkpoint"}, ${options.checkpointMonths ?? 4})`);
    for (const [index, threshold] of thresholds.entries()) {
      const order = index + 1;
      await owner.execute(sql`
        insert into tiers (client_id, tier_id, tier_order, tier_name, sales_threshold, units_threshold, checkpoint_exempt)
        values (${id}::uuid, ${`tier_${order}`}, ${order}, ${["Bronze", "Silver", "Gold", "Platinum", "Diamond", "Crown"][index] ?? ""},
          ${metric === "sales" ? threshold : null}::numeric, ${metric === "units" ? threshold : null}::bigint, ${index === 0})`);
    }
    return id;
  });
}

export interface CreatorOptions {
  handle?: string;
  tier?: string;
  tierAchievedAt?: Date | null;
  nextCheckpointAt?: Date | null;
}

/** A creator, tier_1 without a window unless said otherwise. */
export function aCreator(db: RootDb, client: ClientId, options: CreatorOptions = {}): Promise<UserId> {
  const id = randomUUID() as string as UserId;
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into users (client_id, id, tiktok_handle, current_tier, tier_achieved_at, next_checkpoint_at)
      values (${client}::uuid, ${id}::uuid, ${options.handle ?? `creator_${next()}`}, ${options.tier ?? "tier_1"},
        ${options.tierAchievedAt ?? null}::timestamptz, ${options.nextCheckpointAt ?? null}::timestamptz)`);
    return id;
  });
}

export interface RewardOptions {
  type?: string;
  value?: Record<string, unknown>;
  enabled?: boolean;
}

/** A $25 gift card unless said otherwise. */
export function aReward(db: RootDb, client: ClientId, options: RewardOptions = {}): Promise<RewardId> {
  const id = randomUUID() as string as RewardId;
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into rewards (client_id, id, type, name, value_data, enabled)
      values (${client}::uuid, ${id}::uuid, ${options.type ?? "gift_card"}, ${`Reward ${next()}`},
        ${JSON.stringify(options.value ?? { amount: 25 })}::jsonb, ${options.enabled ?? true})`);
    return id;
  });
}

export interface MissionOptions {
  missionType?: string;
  targetValue?: number | string;
  tierEligibility?: string;
  rewardId?: RewardId | null;
  raffleEndDate?: string | null;
  enabled?: boolean;
  activated?: boolean;
}

/** An enabled, activated mission for all tiers: sell for 1000, reward it with a gift card of its own. */
export async function aMission(db: RootDb, client: ClientId, options: MissionOptions = {}): Promise<MissionId> {
  const id = randomUUID() as string as MissionId;
  const reward = options.rewardId === undefined ? await aReward(db, client) : options.rewardId;
  const type = options.missionType ?? "sales_dollars";
  const isRaffle = type === "raffle";
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into missions (client_id, id, title, mission_type, target_value, reward_id, tier_eligibility, raffle_end_date, enabled, activated)
      values (${client}::uuid, ${id}::uuid, ${`Mission ${next()}`}, ${type}, ${isRaffle ? 0 : (options.targetValue ?? 1000)}::numeric,
        ${reward}::uuid, ${options.tierEligibility ?? "all"}, ${options.raffleEndDate ?? (isRaffle ? "2030-01-31" : null)}::date,
        ${options.enabled ?? true}, ${options.activated ?? true})`);
    return id;
  });
}

export interface VideoOptions {
  key?: string;
  postDate?: string;
  views?: number;
  likes?: number;
  comments?: number;
  gmv?: number | string;
  units?: number;
}

/** A video of a creator; answers its key. */
export function aVideo(db: RootDb, client: ClientId, user: UserId, options: VideoOptions = {}): Promise<string> {
  const key = options.key ?? `7${String(next()).padStart(18, "0")}`;
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into videos (client_id, video_key, video_url, user_id, video_title, post_date, views, likes, comments, gmv, units_sold)
      values (${client}::uuid, ${key}, ${`https://www.tiktok.com/@x/video/${key}`}, ${user}::uuid, 'A video', ${options.postDate ?? "2026-11-01"}::date,
        ${options.views ?? 0}, ${options.likes ?? 0}, ${options.comments ?? 0}, ${options.gmv ?? 0}::numeric, ${options.units ?? 0})`);
    return key;
  });
}

export interface ProgressOptions {
  status?: "active" | "dormant" | "completed";
  value?: number | string;
  start?: Date | null;
  end?: Date | null;
  cycle?: number;
}

/** A progress row, active and without a window unless said otherwise. */
export function aProgressRow(
  db: RootDb,
  client: ClientId,
  user: UserId,
  mission: MissionId,
  options: ProgressOptions = {},
): Promise<void> {
  const status = options.status ?? "active";
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into mission_progress (client_id, user_id, mission_id, cycle, current_value, status, completed_at, checkpoint_start, checkpoint_end)
      values (${client}::uuid, ${user}::uuid, ${mission}::uuid, ${options.cycle ?? 1}, ${options.value ?? 0}::numeric, ${status},
        case when ${status} = 'completed' then now() end, ${options.start ?? null}::timestamptz, ${options.end ?? null}::timestamptz)`);
  });
}
