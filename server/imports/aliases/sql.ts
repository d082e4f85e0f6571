import { type Actor, actorId } from "../../base/actor.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import { type Alias, type AliasStatus, type AliasSuggestion, type AliasUndoInput, MOST_ALIASES } from "./schema.ts";

/** More than these nobody goes through in one sitting; the rest comes up as these are decided. */
const MOST = 100;
/** Creators that came in this lately may be known ones under a new name. */
const NEW_FOR_DAYS = 30;

/** Alike enough to ask somebody: dots and underscores apart, at most a letter or two of difference. */
const ALIKE = 0.7;

const heldVideos = sql`(select count(*)::int from videos v
  join users o on o.client_id = v.client_id and o.id = v.user_id
  where v.client_id = p.client_id and o.client_id = p.client_id and o.tiktok_handle = p.handle)`;

/**
 * Pairs that may be one person: handles whose rows the last ten files lost because somebody else holds the videos, and creators
 * of the last 30 days whose handle looks like that of an older one. What was decided on is not offered again.
 */
export function listSuggestions(db: Db, client: ClientId, now: Date): Promise<AliasSuggestion[]> {
  return db.query<AliasSuggestion>(sql`
    with lately as (
      select i.id from imports i
      where i.client_id = ${client}::uuid and i.status = 'imported' order by i.imported_at desc limit 10
    ), newcomers as (
      select array(select u.tiktok_handle from users u
        where u.client_id = ${client}::uuid and u.created_at > ${now}::timestamptz - make_interval(days => ${NEW_FOR_DAYS}::int)
        order by u.created_at desc, u.tiktok_handle limit 1000) as handles
    ), pairs as (
      select r.client_id, lower(ltrim(r.handle, '@')) as handle, u.id as user_id, u.tiktok_handle as owner, 'video' as evidence, count(*)::int as rows
      from import_rejects r
      join lately l on l.id = r.import_id
      join users u on u.client_id = r.client_id and u.tiktok_handle = r.detail
      where r.client_id = ${client}::uuid and r.code = 'video_owned'
      group by r.client_id, lower(ltrim(r.handle, '@')), u.id, u.tiktok_handle
      union all
      select ${client}::uuid, m.handle, o.id, o.tiktok_handle, 'name', 0
      from newcomers n
      cross join lateral resembling_creators(${client}::uuid, n.handles) m
      join users o on o.client_id = ${client}::uuid and o.id = m.user_id
      join users c on c.client_id = ${client}::uuid and c.tiktok_handle = m.handle and c.created_at > o.created_at
      where m.likeness >= ${ALIKE}::real
    )
    select p.handle, jsonb_build_object('userId', p.user_id, 'handle', p.owner) as creator, p.evidence, p.rows as "rejectedRows",
      ${heldVideos} as "heldVideos"
    from (
      select distinct on (a.handle, a.user_id) a.* from pairs a
      where a.handle ~ '^[a-z0-9_.]{2,100}$' order by a.handle, a.user_id, a.rows desc
    ) p
    where not exists (
      select 1 from handle_aliases d
      where d.client_id = ${client}::uuid and d.handle = p.handle and (d.user_id = p.user_id or d.status = 'accepted'))
    order by p.rows desc, p.handle, p.owner
    limit ${MOST}::int`);
}

/** The pairs of one decision, newest first. */
export function listAliases(db: Db, client: ClientId, status: AliasStatus): Promise<Alias[]> {
  return db.query<Alias>(sql`
    select p.handle, jsonb_build_object('userId', u.id, 'handle', u.tiktok_handle) as creator, p.by_name as "byName",
      p.created_at as at, ${heldVideos} as "heldVideos"
    from handle_aliases p
    join users u on u.client_id = p.client_id and u.id = p.user_id
    where p.client_id = ${client}::uuid and p.status = ${status}
    order by p.created_at desc, p.handle
    limit ${MOST_ALIASES}::int`);
}

export async function findHandle(db: Db, client: ClientId, userId: string): Promise<string | null> {
  const [row] = await db.query<{ handle: string }>(sql`
    select tiktok_handle as handle from users where client_id = ${client}::uuid and id = ${userId}::uuid for share`);
  return row?.handle ?? null;
}

/** Where an alias would make a chain: the target's own handle is an alias, or the handle is what others stand for. */
export async function findChain(db: Db, client: ClientId, handle: string, owner: string): Promise<string | null> {
  const [row] = await db.query<{ other: string }>(sql`
    select case when a.handle = ${owner} then u.tiktok_handle else a.handle end as other
    from handle_aliases a
    join users u on u.client_id = a.client_id and u.id = a.user_id
    where a.client_id = ${client}::uuid and a.status = 'accepted' and (a.handle = ${owner} or u.tiktok_handle = ${handle})
    limit 1`);
  return row?.other ?? null;
}

/** False where nothing changed: the pair stands so already, or the handle stands for another creator. */
export async function upsertAlias(
  db: Db,
  client: ClientId,
  alias: { handle: string; userId: string; status: AliasStatus; by: Actor; now: Date },
): Promise<boolean> {
  const changed = await db.execute(sql`
    insert into handle_aliases (client_id, handle, user_id, status, by_name, by_id, created_at)
    select ${client}::uuid, ${alias.handle}, ${alias.userId}::uuid, ${alias.status}, ${alias.by.name}, ${actorId(alias.by)}, ${alias.now}::timestamptz
    where ${alias.status} <> 'accepted' or not exists (
      select 1 from handle_aliases a
      where a.client_id = ${client}::uuid and a.handle = ${alias.handle} and a.status = 'accepted' and a.user_id <> ${alias.userId}::uuid)
    on conflict (client_id, handle, user_id) do update
      set status = excluded.status, by_name = excluded.by_name, by_id = excluded.by_id, created_at = excluded.created_at
      where handle_aliases.status <> excluded.status`);
  return changed > 0;
}

/** What was decided on the pair; null: nothing yet. */
export async function findStatus(
  db: Db,
  client: ClientId,
  handle: string,
  userId: string,
): Promise<AliasStatus | null> {
  const [row] = await db.query<{ status: AliasStatus }>(sql`
    select status from handle_aliases
    where client_id = ${client}::uuid and handle = ${handle} and user_id = ${userId}::uuid`);
  return row?.status ?? null;
}

/** Forgets what was decided on the pair; false where that is not what was decided. */
export async function deleteAlias(
  db: Db,
  client: ClientId,
  { handle, userId, status }: AliasUndoInput,
): Promise<boolean> {
  const gone = await db.execute(sql`
    delete from handle_aliases
    where client_id = ${client}::uuid and handle = ${handle} and user_id = ${userId}::uuid and status = ${status}`);
  return gone > 0;
}
