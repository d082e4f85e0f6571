import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { MuteDto } from "./schema.ts";

/** The mutes that hold at `now`. */
export function listMutes(db: Db, client: ClientId, now: Date): Promise<(MuteDto & { code: string })[]> {
  return db.query<MuteDto & { code: string }>(sql`
    select m.code, m.reason, m.until, m.by_name as "byName", m.created_at as at
    from health_mutes m where m.client_id = ${client}::uuid and m.until > ${now}::timestamptz`);
}

/** Mutes a check, in place of an earlier mute of it. */
export async function upsertMute(
  db: Db,
  client: ClientId,
  mute: MuteDto & { code: string; byId: string | null },
): Promise<void> {
  await db.execute(sql`
    insert into health_mutes (client_id, code, reason, until, by_name, by_id, created_at)
    values (${client}::uuid, ${mute.code}, ${mute.reason}, ${mute.until}::timestamptz, ${mute.byName}, ${mute.byId}, ${mute.at}::timestamptz)
    on conflict (client_id, code) do update set reason = excluded.reason, until = excluded.until, by_name = excluded.by_name,
      by_id = excluded.by_id, created_at = excluded.created_at`);
}

/** Takes a mute back, also one that is past; answers whether there was one that still held. */
export async function deleteMute(db: Db, client: ClientId, code: string, now: Date): Promise<boolean> {
  const rows = await db.query<{ until: Date }>(sql`
    delete from health_mutes where client_id = ${client}::uuid and code = ${code} returning until`);
  return rows.some(({ until }) => until > now);
}
