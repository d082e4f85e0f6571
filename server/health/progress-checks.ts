/** Checks of progress rows and redemptions: every record that the rules skip, by name. */
import { type Sql, sql } from "../db/db.ts";
import { isOver } from "../progress/list-sql.ts";
import { type Check, dayWords, type HealthContext, missionName } from "./check.ts";

/** Progress rows `p` of missions `m` for which the condition holds. */
function rowsWhere({ settings }: HealthContext, condition: Sql, detail: Sql): Sql {
  return sql`
    select p.user_id, p.mission_id, ${detail} as detail
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.client_id = ${settings.id}::uuid and m.id = p.mission_id
    where p.client_id = ${settings.id}::uuid and ${condition}`;
}

const clockOf = ({ settings, now }: HealthContext) => ({ timezone: settings.timezone, now });

const hasNoRedemption = sql`not exists (
  select 1 from redemptions r
  where r.client_id = p.client_id and r.user_id = p.user_id and r.mission_id = p.mission_id and r.cycle = p.cycle)`;

const completedOn = (health: HealthContext) => sql`'completed ' || ${dayWords(health, sql`p.completed_at`)}`;

export const progressChecks: readonly Check[] = [
  {
    code: "completed_without_redemption",
    severity: "red",
    title: "Completed rows without a redemption",
    explanation:
      "The goal was reached and the mission has a reward, but no redemption exists. The next sync creates it.",
    subject: "row",
    found: (health) =>
      rowsWhere(
        health,
        sql`p.status = 'completed' and m.reward_id is not null and ${hasNoRedemption}`,
        completedOn(health),
      ),
  },
  {
    code: "completed_without_reward",
    severity: "red",
    title: "Completed rows of missions without a reward",
    explanation:
      "The goal was reached but the mission gives nothing. Set a reward, and the next sync creates the redemptions.",
    subject: "row",
    found: (health) =>
      rowsWhere(
        health,
        sql`p.status = 'completed' and m.reward_id is null and ${hasNoRedemption}`,
        completedOn(health),
      ),
  },
  {
    code: "pairs_to_be_created",
    severity: "amber",
    title: "Progress rows to be created",
    explanation:
      "Creators qualify for these missions and have no row yet. A sync creates all of them: right after one there should be none.",
    subject: "row",
    found: ({ settings }) => sql`
      select e.user_id, e.mission_id, 'would be ' || e.status_if_seeded as detail
      from mission_eligibility e
      where e.client_id = ${settings.id}::uuid and e.is_eligible and not e.is_seeded`,
  },
  {
    code: "active_missions_with_nobody_seeded",
    severity: "amber",
    title: "Active missions with nobody seeded",
    explanation: "These missions run, and no creator has a row.",
    subject: "mission",
    found: ({ settings }) => sql`
      select m.id::text as id, ${missionName} as label,
        case when m.tier_eligibility = 'all' then 'for all tiers' else 'for ' || coalesce(t.tier_name, m.tier_eligibility) || ' or higher' end as detail
      from missions m
      left join tiers t on t.client_id = m.client_id and t.tier_id = m.tier_eligibility
      where m.client_id = ${settings.id}::uuid and m.enabled and m.activated and not exists (
        select 1 from mission_progress p where p.client_id = m.client_id and p.mission_id = m.id)`,
  },
  {
    code: "dormant_rows_of_running_missions",
    severity: "amber",
    title: "Sleeping rows of running missions",
    explanation: "The mission runs but these rows still sleep. The next sync wakes them.",
    subject: "row",
    found: (health) =>
      rowsWhere(
        health,
        sql`p.status = 'dormant' and m.enabled and m.activated`,
        sql`'window ends: ' || ${dayWords(health, sql`p.checkpoint_end`)}`,
      ),
  },
  {
    code: "rows_over_still_active",
    severity: "grey",
    title: "Rows over, not completed",
    explanation:
      "The last day of the window has passed. Late figures can still complete these rows; they are not seeded again.",
    subject: "row",
    found: (health) =>
      rowsWhere(
        health,
        sql`p.status = 'active' and ${isOver(clockOf(health))}`,
        sql`'ended ' || ${dayWords(health, sql`p.checkpoint_end`)} || ' at ' || p.current_value || ' of ' || m.target_value`,
      ),
  },
  {
    code: "window_differs_from_present",
    severity: "grey",
    title: "Rows in another window than their creator's",
    explanation:
      "These rows were seeded before the creator's window moved. They live by their own window; nothing is wrong.",
    subject: "row",
    found: (health) => sql`
      select p.user_id, p.mission_id, 'the row: ' || ${windowWords(health, sql`p.checkpoint_start`, sql`p.checkpoint_end`)}
        || '; the creator: ' || ${windowWords(health, sql`u.tier_achieved_at`, sql`u.next_checkpoint_at`)} as detail
      from mission_progress p
      join users u on u.client_id = p.client_id and u.client_id = ${health.settings.id}::uuid and u.id = p.user_id
      where p.client_id = ${health.settings.id}::uuid and p.status <> 'completed' and not ${isOver(clockOf(health))}
        and (p.checkpoint_start, p.checkpoint_end) is distinct from (u.tier_achieved_at, u.next_checkpoint_at)`,
  },
];

function windowWords(health: HealthContext, start: Sql, end: Sql): Sql {
  return sql`${dayWords(health, start)} || ' to ' || ${dayWords(health, end)}`;
}
