/** Deliveries: claimed by one process at a time, logged attempt by attempt. */
import type { ClientId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import type { AttemptDto, ChannelKind, DeliveryDto, DeliveryListInput, DeliveryStatus, News } from "../schema.ts";

export interface DueDelivery {
  clientId: string;
  deliveryId: string;
}

/** What waits to be sent, of all clients: ids only. */
export function listDue(db: Db, now: Date, limit: number): Promise<DueDelivery[]> {
  return db.query<DueDelivery>(sql`
    select client_id as "clientId", delivery_id as "deliveryId" from due_deliveries(${now}::timestamptz, ${limit}::int)`);
}

export interface Claim {
  attempt: number;
  eventId: string;
  at: Date;
  news: News;
  kind: ChannelKind;
  targetSealed: string;
  secretSealed: string | null;
}

/** Takes a delivery for one attempt until `until`; null when another process has it or it is over. */
export async function claim(
  db: Db,
  client: ClientId,
  delivery: string,
  { now, until }: { now: Date; until: Date },
): Promise<Claim | null> {
  const [row] = await db.query<Omit<Claim, "news"> & { type: string; data: unknown }>(sql`
    update notification_deliveries d set attempts = d.attempts + 1, claimed_until = ${until}::timestamptz
    from notification_events e, notification_channels c
    where d.client_id = ${client}::uuid and d.id = ${delivery}::uuid and d.status = 'pending' and d.next_at <= ${now}::timestamptz
      and (d.claimed_until is null or d.claimed_until < ${now}::timestamptz)
      and e.client_id = d.client_id and e.id = d.event_id and c.client_id = d.client_id and c.id = d.channel_id
    returning d.attempts as attempt, e.id as "eventId", e.at, e.type, e.data, c.kind,
      c.target_sealed as "targetSealed", c.secret_sealed as "secretSealed"`);
  if (row === undefined) return null;
  const { type, data, ...claimed } = row;
  // What the database holds of news was written by `announce` alone.
  return { ...claimed, news: { type, data } as News };
}

/** Logs an attempt; a process that had lost its claim meanwhile leaves the delivery to the next and its line in the log. */
export async function endAttempt(
  db: Db,
  client: ClientId,
  delivery: string,
  of: AttemptDto & { claimedUntil: Date; status: DeliveryStatus; nextAt: Date | null },
): Promise<void> {
  await db.execute(sql`
    insert into notification_attempts (client_id, delivery_id, number, at, milliseconds, status_code, error)
    values (${client}::uuid, ${delivery}::uuid, ${of.number}, ${of.at}::timestamptz, ${of.milliseconds}, ${of.statusCode}::int, ${of.error})
    on conflict do nothing`);
  await db.execute(sql`
    update notification_deliveries set status = ${of.status}, claimed_until = null,
      next_at = coalesce(${of.nextAt}::timestamptz, next_at),
      ended_at = case when ${of.status} = 'pending' then null else ${of.at}::timestamptz end
    where client_id = ${client}::uuid and id = ${delivery}::uuid and status = 'pending'
      and claimed_until = ${of.claimedUntil}::timestamptz`);
}

/** Sends an ended delivery once more, at once; false when it waits anyway, its channel is gone or there is no such delivery. */
export async function renew(db: Db, client: ClientId, delivery: string, now: Date): Promise<boolean> {
  const renewed = await db.execute(sql`
    update notification_deliveries d set status = 'pending', next_at = ${now}::timestamptz, claimed_until = null, ended_at = null
    where d.client_id = ${client}::uuid and d.id = ${delivery}::uuid and d.status <> 'pending' and exists (
      select 1 from notification_channels c
      where c.client_id = d.client_id and c.id = d.channel_id and c.deleted_at is null)`);
  return renewed === 1;
}

export async function findDelivery(
  db: Db,
  client: ClientId,
  id: string,
): Promise<{ channel: string; isDeleted: boolean } | null> {
  const [row] = await db.query<{ channel: string; isDeleted: boolean }>(sql`
    select c.name as channel, c.deleted_at is not null as "isDeleted"
    from notification_deliveries d join notification_channels c on c.client_id = d.client_id and c.id = d.channel_id
    where d.client_id = ${client}::uuid and d.id = ${id}::uuid`);
  return row ?? null;
}

export type DeliveryRow = Omit<DeliveryDto, "text" | "attempts" | "channel" | "event"> & {
  attempts: (Omit<AttemptDto, "at"> & { at: string })[] | null;
  channelId: string;
  channelName: string;
  kind: ChannelKind;
  isDeleted: boolean;
  eventId: string;
  type: DeliveryDto["event"]["type"];
  at: Date;
  data: unknown;
  /** the instant to the microsecond, for the place in the list */
  key: string;
};

/** Up to `limit + 1` deliveries from a place on, newest first (oldest first when going back). */
export function listDeliveries(
  db: Db,
  client: ClientId,
  input: DeliveryListInput,
  { key, isBackward }: { key: readonly [string, string] | null; isBackward: boolean },
): Promise<DeliveryRow[]> {
  const status = input.status === undefined ? nothing : sql` and d.status = ${input.status}`;
  const side = isBackward ? sql`>` : sql`<`;
  const order = isBackward ? sql`d.created_at, d.id` : sql`d.created_at desc, d.id desc`;
  const from =
    key === null ? nothing : sql` and (d.created_at, d.id) ${side} (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  return db.query<DeliveryRow>(sql`
    select d.id, d.status, d.created_at as "createdAt", c.id as "channelId", c.name as "channelName", c.kind,
      c.deleted_at is not null as "isDeleted", e.id as "eventId", e.type, e.at, e.data, d.created_at::text as key,
      case when d.status = 'pending' and d.attempts > 0 then d.next_at end as "nextAt",
      (select jsonb_agg(jsonb_build_object('number', a.number, 'at', a.at, 'milliseconds', a.milliseconds,
          'statusCode', a.status_code, 'error', a.error) order by a.number)
        from notification_attempts a where a.client_id = d.client_id and a.delivery_id = d.id) as attempts
    from notification_deliveries d
    join notification_events e on e.client_id = d.client_id and e.id = d.event_id
    join notification_channels c on c.client_id = d.client_id and c.id = d.channel_id
    where d.client_id = ${client}::uuid${status}${from}
    order by ${order} limit ${input.limit + 1}::int`);
}

export async function countDeliveries(db: Db, client: ClientId, status: DeliveryStatus | undefined): Promise<number> {
  const filter = status === undefined ? nothing : sql` and status = ${status}`;
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from notification_deliveries where client_id = ${client}::uuid${filter}`);
  return row!.count;
}
