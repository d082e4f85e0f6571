import type { ClientId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import type { ChannelDto, ChannelKind, DeliveryStatus, EventType, News, RunNews } from "./schema.ts";

/** Stores news with a delivery for each channel that asks for it; without such a channel nothing. */
export async function insertEvent(
  db: Db,
  client: ClientId,
  news: News & { key: string; at: Date; channel?: string | undefined },
): Promise<string | null> {
  // A test goes to its channel alone, whatever that one asks for.
  const wanted =
    news.channel === undefined ? sql`c.enabled and ${news.type} = any (c.events)` : sql`c.id = ${news.channel}::uuid`;
  const rows = await db.query<{ id: string }>(sql`
    with asking as (
      select c.id from notification_channels c
      where c.client_id = ${client}::uuid and c.deleted_at is null and ${wanted}
    ), told as (
      insert into notification_events (client_id, type, key, data, at)
      select ${client}::uuid, ${news.type}, ${news.key}, ${JSON.stringify(news.data)}::jsonb, ${news.at}::timestamptz
      where exists (select 1 from asking)
      on conflict do nothing
      returning id
    )
    insert into notification_deliveries (client_id, event_id, channel_id, next_at, created_at)
    select ${client}::uuid, told.id, asking.id, ${news.at}::timestamptz, ${news.at}::timestamptz from told cross join asking
    returning id`);
  return rows[0]?.id ?? null;
}

export async function findRunNews(db: Db, client: ClientId, run: RunId): Promise<Omit<RunNews, "error"> | null> {
  const [row] = await db.query<
    Pick<RunNews, "runId" | "number" | "source" | "warnings"> & { startedAt: Date | null; scheduledFor: Date | null }
  >(sql`
    select id as "runId", number, source, warnings, started_at as "startedAt", scheduled_for as "scheduledFor"
    from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid`);
  if (row === undefined) return null;
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return { ...row, startedAt: text(row.startedAt), scheduledFor: text(row.scheduledFor) };
}

export interface ChannelRow {
  id: string;
  kind: ChannelKind;
  name: string;
  shown: string;
  events: EventType[];
  enabled: boolean;
}

const channelColumns = sql`c.id, c.kind, c.name, c.target_shown as shown, c.events, c.enabled`;

/** The client's channels, by name, each with its last delivery. */
export async function listChannels(db: Db, client: ClientId): Promise<ChannelDto[]> {
  const rows = await db.query<
    Omit<ChannelDto, "last"> & { lastStatus: DeliveryStatus | null; lastAt: Date | null }
  >(sql`
    select ${channelColumns}, c.by_name as "byName", c.created_at as "createdAt", d.status as "lastStatus", d.ended_at as "lastAt"
    from notification_channels c
    left join lateral (
      select status, ended_at from notification_deliveries d
      where d.client_id = c.client_id and d.channel_id = c.id and d.ended_at is not null order by d.ended_at desc limit 1
    ) d on true
    where c.client_id = ${client}::uuid and c.deleted_at is null order by c.name, c.id`);
  return rows.map(({ lastStatus, lastAt, ...channel }) => ({
    ...channel,
    last: lastStatus === null || lastAt === null ? null : { status: lastStatus, at: lastAt },
  }));
}

/** A channel that is not deleted, held until the transaction ends. */
export async function holdChannel(db: Db, client: ClientId, id: string): Promise<ChannelRow | null> {
  const [row] = await db.query<ChannelRow>(sql`
    select ${channelColumns} from notification_channels c
    where c.client_id = ${client}::uuid and c.id = ${id}::uuid and c.deleted_at is null for update`);
  return row ?? null;
}

export async function countChannels(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from notification_channels where client_id = ${client}::uuid and deleted_at is null`);
  return row!.count;
}

export interface NewChannel {
  kind: ChannelKind;
  name: string;
  targetSealed: string;
  shown: string;
  secretSealed: string | null;
  events: readonly EventType[];
  byName: string;
  now: Date;
}

export async function insertChannel(db: Db, client: ClientId, of: NewChannel): Promise<string> {
  const [row] = await db.query<{ id: string }>(sql`
    insert into notification_channels (client_id, kind, name, target_sealed, target_shown, secret_sealed, events, by_name, created_at, updated_at)
    values (${client}::uuid, ${of.kind}, ${of.name}, ${of.targetSealed}, ${of.shown}, ${of.secretSealed},
      ${[...of.events]}::text[], ${of.byName}, ${of.now}::timestamptz, ${of.now}::timestamptz)
    returning id`);
  return row!.id;
}

/** Without a new target the old one stays. */
export async function updateChannel(
  db: Db,
  client: ClientId,
  id: string,
  to: Pick<ChannelRow, "name" | "events" | "enabled"> & { targetSealed: string | null; shown: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    update notification_channels set name = ${to.name}, events = ${to.events}::text[], enabled = ${to.enabled},
      target_sealed = coalesce(${to.targetSealed}, target_sealed), target_shown = ${to.shown}, updated_at = ${to.now}::timestamptz
    where client_id = ${client}::uuid and id = ${id}::uuid`);
}

/** Nothing more is sent to it; what still waited is given up. */
export async function deleteChannel(db: Db, client: ClientId, id: string, now: Date): Promise<void> {
  await db.execute(sql`
    update notification_channels set deleted_at = ${now}::timestamptz, target_sealed = '', enabled = false
    where client_id = ${client}::uuid and id = ${id}::uuid`);
  await db.execute(sql`
    update notification_deliveries set status = 'failed', ended_at = ${now}::timestamptz, claimed_until = null
    where client_id = ${client}::uuid and channel_id = ${id}::uuid and status = 'pending'`);
}
