import type { ClientId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import type { AdjustmentDto, AdjustmentListInput } from "./schema.ts";

/** A row with the exact text of its time, which cursors need: a Date would lose its microseconds. */
export type AdjustmentRow = AdjustmentDto & { createdKey: string };

const columns = sql`
  a.id, a.user_id as "userId", u.tiktok_handle as handle, a.amount::text as amount, a.amount_units::text as "amountUnits",
  a.adjustment_type as "adjustmentType", a.reason, a.adjusted_by as "adjustedBy", a.created_at as "createdAt",
  a.applied_at as "appliedAt", a.created_at::text as "createdKey"`;

export type AdjustmentFilters = Pick<AdjustmentListInput, "isPending" | "userId">;

function filtered(client: ClientId, filters: AdjustmentFilters): Sql {
  const pending = filters.isPending === undefined ? nothing : sql` and (a.applied_at is null) = ${filters.isPending}`;
  const user = filters.userId === undefined ? nothing : sql` and a.user_id = ${filters.userId}::uuid`;
  return sql`a.client_id = ${client}::uuid${pending}${user}`;
}

/** Adjustments newest first, one more than the limit where there are more. */
export function listAdjustments(
  db: Db,
  client: ClientId,
  filters: AdjustmentFilters,
  walk: { key: readonly [createdKey: string, id: string] | null; isBackward: boolean; limit: number },
): Promise<AdjustmentRow[]> {
  const { key, isBackward } = walk;
  const direction = isBackward ? sql`asc` : sql`desc`;
  const comparison = isBackward ? sql`>` : sql`<`;
  const from =
    key === null ? nothing : sql` and (a.created_at, a.id) ${comparison} (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  const limit = sql`limit ${walk.limit + 1}::int`;
  return db.query<AdjustmentRow>(rowsOf(client, filters, { from, direction, limit }));
}

/** All of them, for a download. */
export function allAdjustments(client: ClientId, filters: AdjustmentFilters): Sql {
  return rowsOf(client, filters, { from: nothing, direction: sql`desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  filters: AdjustmentFilters,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select ${columns} from sales_adjustments a
    join users u on u.client_id = a.client_id and u.id = a.user_id
    where ${filtered(client, filters)}${from}
    order by a.created_at ${direction}, a.id ${direction}
    ${limit}`;
}

export async function countAdjustments(db: Db, client: ClientId, filters: AdjustmentFilters): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`select count(*)::int as count from sales_adjustments a where ${filtered(client, filters)}`,
  );
  return row?.count ?? 0;
}

export interface NewAdjustment {
  userId: string;
  amount: string | null;
  amountUnits: string | null;
  adjustmentType: string;
  reason: string;
  adjustedBy: string;
  now: Date;
}

export async function insertAdjustment(db: Db, client: ClientId, adjustment: NewAdjustment): Promise<AdjustmentRow> {
  const [row] = await db.query<AdjustmentRow>(sql`
    with a as (
      insert into sales_adjustments (client_id, user_id, amount, amount_units, adjustment_type, reason, adjusted_by, created_at)
      values (${client}::uuid, ${adjustment.userId}::uuid, ${adjustment.amount}::numeric, ${adjustment.amountUnits}::bigint,
        ${adjustment.adjustmentType}, ${adjustment.reason}, ${adjustment.adjustedBy}, ${adjustment.now}::timestamptz)
      returning *
    )
    select ${columns} from a join users u on u.client_id = a.client_id and u.client_id = ${client}::uuid and u.id = a.user_id`);
  return row!;
}

/** Marks what is pending as applied; answers how many. */
export function updatePending(db: Db, client: ClientId, now: Date): Promise<number> {
  return db.execute(sql`
    update sales_adjustments set applied_at = ${now}::timestamptz where client_id = ${client}::uuid and applied_at is null`);
}
