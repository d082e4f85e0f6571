/** The rows of a waiting file by what would become of them: pages and downloads of the one relation that the merge reads. */
import type { ClientId, ImportId } from "../../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import type { Walk } from "../history/sql.ts";
import type { CheckedRow, CheckProgress, NewCreator, RowVerdict } from "./schema.ts";

const compared = [
  ["Views", sql`j.held_views`, sql`j.views`],
  ["Likes", sql`j.held_likes`, sql`j.likes`],
  ["Comments", sql`j.held_comments`, sql`j.comments`],
  ["GMV", sql`j.held_gmv`, sql`j.gmv`],
  ["CTR", sql`j.held_ctr`, sql`j.ctr`],
  ["Units Sold", sql`j.held_units_sold`, sql`j.units_sold`],
  ["Post Date", sql`j.held_post_date`, sql`j.post_date`],
  ["Video Title", sql`j.held_title`, sql`j.video_title`],
] as const;

/** What differs, in the order of the columns; the comparison is that of the verdict, value by value. */
const changes = sql`to_jsonb(array_remove(array[${compared
  .map(
    ([column, held, sent]) => sql`case when ${held} is distinct from ${sent} then
      jsonb_build_object('column', ${column}::text, 'old', ${held}::text, 'new', ${sent}::text) end`,
  )
  .reduce((list, one) => sql`${list}, ${one}`)}], null))`;

/** Rows of one verdict, by line; one more than the limit where there are more. */
export function listChecked(
  db: Db,
  client: ClientId,
  of: { id: ImportId; verdict: RowVerdict },
  { key, isBackward, limit }: Walk<number>,
): Promise<CheckedRow[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and j.line < ${key}::bigint` : sql` and j.line > ${key}::bigint`;
  const direction = isBackward ? sql`desc` : sql`asc`;
  return db.query<CheckedRow>(checkedRows(client, of, { from, direction, limit: sql`limit ${limit + 1}::int` }));
}

/** All of them, for a download. */
export function allChecked(client: ClientId, of: { id: ImportId; verdict: RowVerdict }): Sql {
  return checkedRows(client, of, { from: nothing, direction: sql`asc`, limit: nothing });
}

function checkedRows(
  client: ClientId,
  { id, verdict }: { id: ImportId; verdict: RowVerdict },
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select j.line::float8 as line, j.handle, nullif(j.sent_handle, j.handle) as "sentHandle", j.video_key as "videoKey",
      j.video_url as "videoUrl", j.video_title as title, j.post_date::text as "postDate", j.views::text as views, j.gmv::text as gmv,
      j.units_sold::text as "unitsSold", case when j.verdict = 'updated' then ${changes} else '[]' end as changes,
      case when j.verdict = 'duplicate' then j.counted_line::float8 end as "countedLine"
    from import_judged j
    where j.client_id = ${client}::uuid and j.import_id = ${id}::uuid and j.verdict = ${verdict}${from}
    order by j.line ${direction}
    ${limit}`;
}

/** Handles that would become creators, by handle; one more than the limit where there are more. */
export function listNewCreators(
  db: Db,
  client: ClientId,
  id: ImportId,
  { key, isBackward, limit }: Walk<string>,
): Promise<NewCreator[]> {
  const from = key === null ? nothing : isBackward ? sql`where n.handle < ${key}` : sql`where n.handle > ${key}`;
  const direction = isBackward ? sql`desc` : sql`asc`;
  return db.query<NewCreator>(newCreators(client, id, { from, direction, limit: sql`limit ${limit + 1}::int` }));
}

/** All of them, for a download. */
export function allNewCreators(client: ClientId, id: ImportId): Sql {
  return newCreators(client, id, { from: nothing, direction: sql`asc`, limit: nothing });
}

function newCreators(
  client: ClientId,
  id: ImportId,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select n.handle, n.rows, n.videos, n.first_post::text as "firstPost",
      (select jsonb_build_object('userId', r.user_id, 'handle', u.tiktok_handle)
        from resembling_creators(${client}::uuid, array[n.handle]) r
        join users u on u.client_id = ${client}::uuid and u.id = r.user_id
        order by r.likeness desc, u.tiktok_handle limit 1) as resembles
    from (
      select j.handle collate "C" as handle, count(*)::int as rows, count(distinct j.video_key)::int as videos, min(j.post_date) as first_post
      from import_judged j
      where j.client_id = ${client}::uuid and j.import_id = ${id}::uuid and j.verdict <> 'rejected' and not exists (
        select 1 from users u where u.client_id = ${client}::uuid and u.tiktok_handle = j.handle)
      group by j.handle
    ) n
    ${from}
    order by n.handle ${direction}
    ${limit}`;
}

/** The names under which the two halves of a check work; they are seen from every process. */
export function workNames(id: ImportId): { reading: string; judging: string } {
  return { reading: `muster read ${id}`, judging: `muster judge ${id}` };
}

/** How far the check is, asked as the owner: what connections do is not the request role's to see. Rows: those of the file. */
export async function findWork(owner: Db, id: ImportId, rows: number): Promise<CheckProgress> {
  const { reading, judging } = workNames(id);
  const [row] = await owner.query<{ isReading: boolean; read: number }>(sql`
    select a.application_name = ${reading} as "isReading", coalesce(p.tuples_processed, 0)::float8 as read
    from pg_stat_activity a
    left join pg_stat_progress_copy p on p.pid = a.pid
    where a.datname = current_database() and a.application_name in (${reading}, ${judging}) and a.state <> 'idle'
    order by read desc limit 1`);
  if (row === undefined) return null;
  return row.isReading ? { phase: "reading", share: Math.min(1, row.read / Math.max(rows, 1)) } : { phase: "judging" };
}

/** Ends the statements of the check; answers how many. */
export async function cancelWork(owner: Db, id: ImportId): Promise<number> {
  const { reading, judging } = workNames(id);
  const rows = await owner.query(sql`
    select pg_cancel_backend(a.pid) as cancelled from pg_stat_activity a
    where a.datname = current_database() and a.application_name in (${reading}, ${judging}) and a.state <> 'idle'`);
  return rows.length;
}
