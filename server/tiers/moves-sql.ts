/** Promotions and checkpoints as entries of the tier log (domain reference, section 10). The users table follows the log. */
import type { StepContext } from "../base/step.ts";
import { endDay, firstDay, startOfNextDay } from "../db/day-sql.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import { metricOf, promotionBasis, valueOfWindow } from "./value-sql.ts";

/** Logs a promotion for every creator of a known tier who has reached a higher one by what promotions count; answers how many. */
export function insertPromotions(db: Db, step: StepContext): Promise<number> {
  const metric = metricOf(step.settings);
  return db.execute(sql`
    insert into tier_checkpoints
      (client_id, user_id, window_end, window_start, kind, metric_value, tier_before, tier_after, status, run_id, judged_at)
    select distinct on (b.user_id) b.client_id, b.user_id, ${step.now}::timestamptz, b.tier_achieved_at, 'promotion', b.value,
      b.current_tier, t.tier_id, 'promoted', ${step.runId}::uuid, ${step.now}::timestamptz
    from (${promotionBasis(step.settings)}) b
    join tiers t on t.client_id = b.client_id and t.tier_order > b.tier_order and ${metric.threshold} <= b.value
    order by b.user_id, t.tier_order desc`);
}

/**
 * Judges the window of every creator whose checkpoint is due and logs the verdict; answers how many. The highest tier reached
 * decides, the lowest of the ladder is the floor; a tier without a threshold is passed over.
 */
export function insertDueCheckpoints(db: Db, step: StepContext): Promise<number> {
  const { id, timezone } = step.settings;
  const metric = metricOf(step.settings);
  return db.execute(sql`
    insert into tier_checkpoints
      (client_id, user_id, window_end, window_start, kind, metric_value, tier_before, tier_after, status, run_id, judged_at)
    select j.client_id, j.user_id, j.next_checkpoint_at, j.tier_achieved_at, 'checkpoint', j.value, j.current_tier, after.tier_id,
      case when after.tier_order > j.tier_order then 'promoted' when after.tier_order < j.tier_order then 'demoted' else 'maintained' end,
      ${step.runId}::uuid, ${step.now}::timestamptz
    from (
      select w.*, ${valueOfWindow(step.settings)} as value
      from (
        select u.client_id, u.id as user_id, u.current_tier, u.tier_achieved_at, u.next_checkpoint_at, own.tier_order,
          ${firstDay(sql`u.tier_achieved_at`, timezone)} as first_day, ${endDay(sql`u.next_checkpoint_at`, timezone)} as end_day
        from users u
        join tiers own on own.client_id = u.client_id and own.tier_id = u.current_tier and not own.checkpoint_exempt
        where u.client_id = ${id}::uuid and u.next_checkpoint_at < ${startOfNextDay(sql`${step.now}::timestamptz`, timezone)}
      ) w
    ) j
    cross join lateral (
      select t.tier_id, t.tier_order
      from tiers t
      where t.client_id = j.client_id and (
        ${metric.threshold} <= j.value or t.tier_order = (select min(l.tier_order) from tiers l where l.client_id = j.client_id))
      order by t.tier_order desc
      limit 1
    ) after`);
}

/** The moves that this run's promotions make, for `setTiers`. */
export function promotedNow(step: StepContext): Sql {
  return sql`
    select l.user_id, l.tier_after as tier_id, l.window_end as since
    from tier_checkpoints l
    where l.client_id = ${step.settings.id}::uuid and l.run_id = ${step.runId}::uuid
      and l.kind = 'promotion' and l.window_end = ${step.now}::timestamptz`;
}

/** The moves of the windows judged last, for `setTiers`: their end is still the creator's next checkpoint. */
export function judgedLast(step: StepContext): Sql {
  return sql`
    select l.user_id, l.tier_after as tier_id, l.window_end as since
    from tier_checkpoints l
    join users c on c.client_id = l.client_id and c.id = l.user_id and c.next_checkpoint_at = l.window_end
    where l.client_id = ${step.settings.id}::uuid and l.run_id = ${step.runId}::uuid and l.kind = 'checkpoint'`;
}

/** The creators whom this run moved or judged: their window is another one now. */
export function movedCreators(step: StepContext): Sql {
  return sql`select l.user_id from tier_checkpoints l where l.client_id = ${step.settings.id}::uuid and l.run_id = ${step.runId}::uuid`;
}

export interface MoveCounts {
  promoted: number;
  maintained: number;
  demoted: number;
}

/** This run's verdicts; a creator with several overdue windows has several. */
export async function countMoves(db: Db, step: StepContext): Promise<MoveCounts> {
  const [row] = await db.query<MoveCounts>(sql`
    select (count(*) filter (where status = 'promoted'))::int as promoted,
      (count(*) filter (where status = 'maintained'))::int as maintained,
      (count(*) filter (where status = 'demoted'))::int as demoted
    from tier_checkpoints
    where client_id = ${step.settings.id}::uuid and run_id = ${step.runId}::uuid`);
  return row ?? { promoted: 0, maintained: 0, demoted: 0 };
}

/** How many creators can be judged, how many cannot, and how many tiers are passed over for want of a threshold. */
export async function countJudgeable(
  db: Db,
  step: StepContext,
): Promise<{ known: number; unknown: number; tiersWithoutThreshold: number }> {
  const client = step.settings.id;
  const [row] = await db.query<{ known: number; unknown: number; tiersWithoutThreshold: number }>(sql`
    select (count(*) filter (where t.tier_id is not null))::int as known, (count(*) filter (where t.tier_id is null))::int as unknown,
      (select count(*)::int from tiers t where t.client_id = ${client}::uuid and ${metricOf(step.settings).threshold} is null) as "tiersWithoutThreshold"
    from users u
    left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
    where u.client_id = ${client}::uuid`);
  return row ?? { known: 0, unknown: 0, tiersWithoutThreshold: 0 };
}
