/** The tier columns of users: decided by the tiers module, written here. */
import type { ClientSettings } from "../base/client-settings.ts";
import { monthsLater } from "../db/day-sql.ts";
import { type Db, type Sql, sql } from "../db/db.ts";

/**
 * Gives creators their tier and opens the window that begins at `since`. `moves` selects `user_id, tier_id, since` for creators of
 * this client, each once. The window ends so many calendar months later; it has no end in an exempt tier and for a lifetime client
 * (domain reference, section 10). Answers how many were written.
 */
export function setTiers(tx: Db, settings: ClientSettings, moves: Sql, now: Date): Promise<number> {
  return tx.execute(sql`
    update users u
    set current_tier = m.tier_id, tier_achieved_at = m.since, updated_at = ${now}::timestamptz,
      next_checkpoint_at = case when ${isFixed(settings)} and not t.checkpoint_exempt then
        ${monthsLater(sql`m.since`, settings.checkpointMonths, settings.timezone)} end
    from (${moves}) m
    join tiers t on t.client_id = ${settings.id}::uuid and t.tier_id = m.tier_id
    where u.client_id = ${settings.id}::uuid and u.id = m.user_id`);
}

/**
 * Lets `next_checkpoint_at` of the creators in these tiers follow the tier's exempt flag: cleared where the tier is exempt or the
 * client is a lifetime one, else set to so many months from now where there is none. Answers how many creators it concerned.
 */
export function alignCheckpoints(
  tx: Db,
  settings: ClientSettings,
  tierIds: readonly string[],
  now: Date,
): Promise<number> {
  return tx.execute(sql`
    update users u
    set updated_at = ${now}::timestamptz,
      next_checkpoint_at = case when ${isFixed(settings)} and not t.checkpoint_exempt then
        ${monthsLater(sql`${now}::timestamptz`, settings.checkpointMonths, settings.timezone)} end
    from tiers t
    where u.client_id = ${settings.id}::uuid and t.client_id = u.client_id and t.tier_id = u.current_tier
      and u.current_tier = any (${tierIds}::text[])
      and (u.next_checkpoint_at is null) = (${isFixed(settings)} and not t.checkpoint_exempt)`);
}

function isFixed(settings: ClientSettings): Sql {
  return settings.tierCalculationMode === "fixed_checkpoint" ? sql`true` : sql`false`;
}
