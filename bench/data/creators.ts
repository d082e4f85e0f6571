/** Creators and their videos. Everything of a row follows from its number by a hash, so that two runs make the same. */
import type pg from "pg";

/** A number from 0 to 999 that follows from a text. */
const chance = (text: string) => `(('x' || left(md5(${text}), 8))::bit(32)::bigint % 1000)`;

const WORDS =
  "amber,beauty,coral,daily,ember,fable,glow,haus,indie,jade,kind,luna,maple,nova,olive,petal,quill,rosa,style,tango";

/** 60 / 25 / 10 / 4 % in four tiers and 1 % in one that the ladder does not have; handles of words with `_` and `.`. */
export async function makeCreators(owner: pg.ClientBase, client: string, creators: number): Promise<void> {
  await owner.query("begin");
  await owner.query(`set local app.client_id = '${client}'`);
  await owner.query(
    `insert into users (client_id, id, tiktok_handle, current_tier, tier_achieved_at, next_checkpoint_at, first_video_date)
     select $1::uuid, md5($1::uuid::text || n)::uuid, w.words[1 + h.a % 20] || '_' || w.words[1 + h.b % 20] || '.' || n, t.tier, s.since,
       case when t.tier <> 'tier_1' then s.since + interval '4 months' end, s.since
     from generate_series(1, $2::int) n
     cross join (select string_to_array($3, ',') as words) w
     cross join lateral (select ${chance("'tier' || n")} as tier, ${chance("'a' || n")} as a, ${chance("'b' || n")} as b) h
     cross join lateral (select case when h.tier < 10 then 'tier_legacy' when h.tier < 50 then 'tier_4' when h.tier < 150 then 'tier_3'
       when h.tier < 400 then 'tier_2' else 'tier_1' end as tier) t
     cross join lateral (select date_trunc('day', now()) - make_interval(days => (10 + h.a % 90)::int) as since) s`,
    [client, creators, WORDS],
  );
  await owner.query("commit");
}

/**
 * About five videos a creator, three to seven, over the last four months. Sales stay below the next tier's threshold; the first
 * video of a creator has its number for a key, so that files can name it.
 */
export async function makeVideos(owner: pg.ClientBase, client: string): Promise<void> {
  await owner.query(
    `insert into videos (client_id, video_key, video_url, user_id, video_title, post_date, views, likes, comments, gmv, ctr, units_sold)
     select u.client_id, '7' || lpad((u.n * 10 + k)::text, 18, '0'),
       'https://www.tiktok.com/@' || u.tiktok_handle || '/video/7' || lpad((u.n * 10 + k)::text, 18, '0'), u.id, 'Video ' || k,
       current_date - (c.day % 120)::int, c.day * 40, c.day * 4, c.day / 10, (c.day * u.most / 1000)::numeric(12, 2), 1.5, c.day / 50
     from (
       select client_id, id, tiktok_handle, split_part(tiktok_handle, '.', 2)::bigint as n,
         case current_tier when 'tier_4' then 9000 when 'tier_3' then 2600 when 'tier_2' then 650 else 130 end as most
       from users where client_id = $1
     ) u
     cross join generate_series(0, 6) k
     cross join lateral (select ${chance("u.n || 'video' || k")} as day) c
     where k < 3 + u.n % 5
     order by 2`,
    [client],
  );
}
