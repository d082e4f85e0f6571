/** The tier columns of users: decided by the tiers module, written here. */
import type { ClientSettings } from "../base/client-settings.ts";
import { dayWords, monthsLater } from "../db/day-sql.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import { queuedSums, recomputeWindows, writingSums } from "./totals.ts";

/**
 * Gives creators their tier and opens the window that begins at `since`. `moves` selects `user_id, tier_id, since` for creators of
 * this client, each once. The window ends so many calendar months later; it has no end in an exempt tier and for a lifetime client
 * (domain reference, section 10). Answers how many were written. The caller recomputes their windows in the same transaction.
 */
export function setTiers(tx: Db, settings: ClientSettings, moves: Sql, now: Date): Promise<number> {
  return writingSums(tx, () =>
    tx.execute(sql`
    update users u
    set current_tier = m.tier_id, tier_achieved_at = m.since, updated_at = ${now}::timestamptz,
      next_checkpoint_at = case when ${isFixed(settings)} and not t.checkpoint_exempt then
        ${monthsLater(sql`m.since`, settings.checkpointMonths, settings.timezone)} end
    from (${moves}) m
    join tiers t on t.client_id = ${settings.id}::uuid and t.tier_id = m.tier_id
    where u.client_id = ${settings.id}::uuid and u.id = m.user_id`),
  );
}

/**
 * Lets `next_checkpoint_at` of the creators in these tiers (null: in all of the ladder) follow the tier's exempt flag: cleared where
 * the tier is exempt or the client is a lifetime one, else set to so many months from now where there is none. Answers how many
 * creators it concerned.
 */
export async function alignCheckpoints(
  tx: Db,
  settings: ClientSettings,
  tierIds: readonly string[] | null,
  now: Date,
): Promise<number> {
  const chosen = tierIds === null ? nothing : sql`and u.current_tier = any (${tierIds}::text[])`;
  const [row] = await writingSums(tx, () =>
    tx.query<{ aligned: number }>(sql`
      with aligned as (
        update users u
        set updated_at = ${now}::timestamptz, next_checkpoint_at = ${firstCheckpoint(settings, now)}
        from tiers t
        where u.client_id = ${settings.id}::uuid and t.client_id = u.client_id and t.tier_id = u.current_tier
          ${chosen} and ${isMisaligned(settings)}
        returning u.client_id, u.id
      ), ${queuedSums(sql`aligned`)}
      select count(*)::int as aligned from aligned`),
  );
  return row!.aligned;
}

/** The creators of known tiers whose checkpoint is missing or should not be there, with the one they get; overdue ones stay. */
export function checkpointRepair(settings: ClientSettings, now: Date): Repair {
  const words = dayWords(firstCheckpoint(settings, now), settings.timezone);
  return {
    concerned: sql`
      select concat_ws(' ', u.id, t.tier_id, t.checkpoint_exempt) as key, u.tiktok_handle as label,
        case when u.next_checkpoint_at is null then 'next checkpoint ' || ${words} else 'its checkpoint is cleared' end as detail
      from users u
      join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
      where u.client_id = ${settings.id}::uuid and ${isMisaligned(settings)}`,
    apply: (tx) => alignCheckpoints(tx, settings, null, now),
  };
}

/**
 * The creators of an unknown tier (`from`: of that one alone), who get a tier of the ladder. A window that they have stays, one that
 * is missing begins now: this is no promotion (domain reference, section 10).
 */
export function attachRepair(
  settings: ClientSettings,
  { tierId, from }: { tierId: string; from: string | null },
  now: Date,
): Repair {
  const { timezone } = settings;
  const chosen = from === null ? nothing : sql`and u.current_tier = ${from}`;
  const attached = sql`
    select u.id, t.tier_id, coalesce(u.tier_achieved_at, ${now}::timestamptz) as since,
      case when ${isFixed(settings)} and not t.checkpoint_exempt then coalesce(u.next_checkpoint_at, ${firstCheckpoint(settings, now)}) end as until,
      u.tiktok_handle, u.current_tier, u.tier_achieved_at, u.next_checkpoint_at, t.tier_name
    from users u
    join tiers t on t.client_id = u.client_id and t.tier_id = ${tierId}
    where u.client_id = ${settings.id}::uuid ${chosen} and not exists (
      select 1 from tiers k where k.client_id = ${settings.id}::uuid and k.tier_id = u.current_tier)`;
  return {
    concerned: sql`
      select concat_ws(' ', a.id, a.current_tier, a.tier_id, a.tier_achieved_at, a.next_checkpoint_at, a.until is null) as key,
        a.tiktok_handle as label, a.current_tier || ' becomes ' || a.tier_name || case
          when a.until is null then ', without a checkpoint'
          when a.until <= ${now}::timestamptz then ', whose checkpoint was due ' || ${dayWords(sql`a.until`, timezone)} || ' and is judged by the next sync'
          else ', next checkpoint ' || ${dayWords(sql`a.until`, timezone)} end as detail
      from (${attached}) a`,
    async apply(tx) {
      const [row] = await writingSums(tx, () =>
        tx.query<{ ids: string[] }>(sql`
        with written as (
          update users u set current_tier = a.tier_id, tier_achieved_at = a.since, next_checkpoint_at = a.until, updated_at = ${now}::timestamptz
          from (${attached}) a
          where u.client_id = ${settings.id}::uuid and u.id = a.id
          returning u.id
        )
        select coalesce(array_agg(id::text), '{}') as ids from written`),
      );
      const { ids } = row!;
      // their window may be another one now
      await recomputeWindows(tx, settings, sql`select unnest(${ids}::uuid[])`, now);
      return ids.length;
    },
  };
}

/** The checkpoint of a creator of tier `t` who has none yet. */
function firstCheckpoint(settings: ClientSettings, now: Date): Sql {
  return sql`case when ${isFixed(settings)} and not t.checkpoint_exempt then
    ${monthsLater(sql`${now}::timestamptz`, settings.checkpointMonths, settings.timezone)} end`;
}

/** Creator `u` has no checkpoint although tier `t` asks for one, or has one although it does not. */
function isMisaligned(settings: ClientSettings): Sql {
  return sql`(u.next_checkpoint_at is null) = (${isFixed(settings)} and not t.checkpoint_exempt)`;
}

function isFixed(settings: ClientSettings): Sql {
  return settings.tierCalculationMode === "fixed_checkpoint" ? sql`true` : sql`false`;
}
