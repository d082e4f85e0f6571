/** Runs steps of a sync in tests as the runner would: inside the client's transaction, with one held clock. */
import { randomUUID } from "node:crypto";
import { clientSettings } from "../access/settings.ts";
import type { ClientId, MissionId, RunId, UserId } from "../base/ids.ts";
import type { StepContext } from "../base/step.ts";
import { type Db, sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { asOwner } from "./builders.ts";

/** Opens a run's transaction at `now` (a time with offset) and commits what `work` did. */
export function runSteps<T>(
  db: RootDb,
  client: ClientId,
  now: string,
  work: (tx: Db, step: StepContext) => Promise<T>,
): Promise<T> {
  return inClient(db, client, async (tx) =>
    work(tx, {
      settings: await clientSettings(tx, client),
      runId: randomUUID() as string as RunId,
      actor: { kind: "job", name: "Nightly sync", clientId: client },
      now: new Date(now),
    }),
  );
}

export interface AdjustmentOptions {
  amount?: number | string;
  units?: number;
  at?: string;
  appliedAt?: string | null;
  type?: string;
}

/** An adjustment, applied when it was entered unless said otherwise. */
export function anAdjustment(db: RootDb, client: ClientId, user: UserId, options: AdjustmentOptions): Promise<void> {
  const at = options.at ?? "2026-11-01T12:00:00Z";
  const applied = options.appliedAt === undefined ? at : options.appliedAt;
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into sales_adjustments (client_id, user_id, amount, amount_units, adjustment_type, reason, adjusted_by, created_at, applied_at)
      values (${client}::uuid, ${user}::uuid, ${options.amount ?? null}::numeric, ${options.units ?? null}::bigint,
        ${options.type ?? "correction"}, 'a reason', 'A person', ${at}::timestamptz, ${applied}::timestamptz)`);
  });
}

export interface StandingRow {
  value: string;
  status: "active" | "dormant" | "completed";
  completedAt: Date | null;
  updatedAt: Date;
}

/** The progress row as it stands. */
export function progressOf(db: RootDb, client: ClientId, user: UserId, mission: MissionId): Promise<StandingRow> {
  return asOwner(db, async (owner) => {
    const [row] = await owner.query<StandingRow>(sql`
      select current_value::text as value, status, completed_at as "completedAt", updated_at as "updatedAt"
      from mission_progress where client_id = ${client}::uuid and user_id = ${user}::uuid and mission_id = ${mission}::uuid`);
    if (row === undefined) throw new Error("no such progress row");
    return row;
  });
}

export interface StandingCreator {
  tier: string;
  since: string | null;
  next: string | null;
  totalSales: string;
  totalUnits: string;
  checkpointSales: string;
  checkpointUnits: string;
  videos: string;
  views: string;
  likes: string;
  comments: string;
  rank: number | null;
}

/** The creator as it stands; instants as ISO text. */
export function creatorOf(db: RootDb, client: ClientId, user: UserId): Promise<StandingCreator> {
  return asOwner(db, async (owner) => {
    const [row] = await owner.query<
      Omit<StandingCreator, "since" | "next"> & { since: Date | null; next: Date | null }
    >(sql`
      select u.current_tier as tier, u.tier_achieved_at as since, u.next_checkpoint_at as next,
        u.total_sales::text as "totalSales", u.total_units::text as "totalUnits",
        u.checkpoint_sales_current::text as "checkpointSales", u.checkpoint_units_current::text as "checkpointUnits",
        u.checkpoint_videos_posted::text as videos, u.checkpoint_total_views::text as views, u.checkpoint_total_likes::text as likes,
        u.checkpoint_total_comments::text as comments, r.rank
      from users u
      left join creator_ranks r on r.client_id = u.client_id and r.user_id = u.id
      where u.client_id = ${client}::uuid and u.id = ${user}::uuid`);
    if (row === undefined) throw new Error("no such creator");
    return { ...row, since: row.since?.toISOString() ?? null, next: row.next?.toISOString() ?? null };
  });
}
