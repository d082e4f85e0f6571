/** Checks of progress rows and redemptions: every record that the rules skip, by name. */
import { type Sql, sql } from "../db/db.ts";
import { isOver } from "../progress/list-sql.ts";
import { type Check, creatorColumns, type HealthContext, missionName } from "./check.ts";

/** Progress rows `p` of missions `m`, of this client. */
const rowsOfMissions = ({ settings }: HealthContext) => sql`
  mission_progress p
  join missions m on m.client_id = p.client_id and m.client_id = ${settings.id}::uuid and m.id = p.mission_id`;

/** One line per mission, weighted by its rows for which the condition holds. */
function missionsByRows(health: HealthContext, condition: Sql): Sql {
  return sql`
    select m.id::text as id, ${missionName} as label, count(*)::int as weight
    from ${rowsOfMissions(health)}
    where p.client_id = ${health.settings.id}::uuid and ${condition}
    group by m.id, ${missionName}`;
}

const clockOf = ({ settings, now }: HealthContext) => ({ timezone: settings.timezone, now });

const hasNoRedemption = sql`not exists (
  select 1 from redemptions r
  where r.client_id = p.client_id and r.user_id = p.user_id and r.mission_id = p.mission_id and r.cycle = p.cycle)`;

export const progressChecks: readonly Check[] = [
  {
    code: "pairs_to_be_created",
    severity: "amber",
    title: "Progress rows to be created",
    explanation: "Creators qualify for these missions and have no row yet. The next sync or a seed creates them.",
    subject: "mission",
    found: ({ settings }) => sql`
      select m.id::text as id, ${missionName} as label, count(*)::int as weight
      from mission_eligibility e
      join missions m on m.client_id = e.client_id and m.id = e.mission_id
      where e.client_id = ${settings.id}::uuid and e.is_eligible and not e.is_seeded
      group by m.id, ${missionName}`,
  },
  {
    code: "active_missions_with_nobody_seeded",
    severity: "amber",
    title: "Active missions with nobody seeded",
    explanation: "These missions run, and no creator has a row.",
    subject: "mission",
    found: ({ settings }) => sql`
      select m.id::text as id, ${missionName} as label, 1 as weight from missions m
      where m.client_id = ${settings.id}::uuid and m.enabled and m.activated and not exists (
        select 1 from mission_progress p where p.client_id = m.client_id and p.mission_id = m.id)`,
  },
  {
    code: "dormant_rows_of_running_missions",
    severity: "amber",
    title: "Sleeping rows of running missions",
    explanation: "The mission runs but these rows still sleep. The next sync wakes them.",
    subject: "mission",
    found: (health) => missionsByRows(health, sql`p.status = 'dormant' and m.enabled and m.activated`),
  },
  {
    code: "completed_without_redemption",
    severity: "red",
    title: "Completed rows without a redemption",
    explanation:
      "The goal was reached and the mission has a reward, but no redemption exists. The next sync creates it.",
    subject: "mission",
    found: (health) =>
      missionsByRows(health, sql`p.status = 'completed' and m.reward_id is not null and ${hasNoRedemption}`),
  },
  {
    code: "completed_without_reward",
    severity: "red",
    title: "Completed rows of missions without a reward",
    explanation:
      "The goal was reached but the mission gives nothing. Set a reward, and the next sync creates the redemptions.",
    subject: "mission",
    found: (health) =>
      missionsByRows(health, sql`p.status = 'completed' and m.reward_id is null and ${hasNoRedemption}`),
  },
  {
    code: "rows_over_still_active",
    severity: "grey",
    title: "Rows over, not completed",
    explanation:
      "The last day of the window has passed. Late figures can still complete these rows; they are not seeded again.",
    subject: "mission",
    found: (health) => missionsByRows(health, sql`p.status = 'active' and ${isOver(clockOf(health))}`),
  },
  {
    code: "window_differs_from_present",
    severity: "grey",
    title: "Rows in another window than their creator's",
    explanation:
      "These rows were seeded before the creator's window moved. They live by their own window; nothing is wrong.",
    subject: "mission",
    found: (health) => sql`
      select m.id::text as id, ${missionName} as label, count(*)::int as weight
      from ${rowsOfMissions(health)}
      join users u on u.client_id = p.client_id and u.id = p.user_id
      where p.client_id = ${health.settings.id}::uuid and p.status <> 'completed' and not ${isOver(clockOf(health))}
        and (p.checkpoint_start, p.checkpoint_end) is distinct from (u.tier_achieved_at, u.next_checkpoint_at)
      group by m.id, ${missionName}`,
  },
  {
    code: "creators_without_running_row",
    severity: "grey",
    title: "Creators without a running row",
    explanation: "No mission runs for them now: everything is completed, over, asleep, or they qualify for nothing.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns} from users u
      where u.client_id = ${health.settings.id}::uuid and not exists (
        select 1 from ${rowsOfMissions(health)}
        where p.client_id = u.client_id and p.user_id = u.id and p.status = 'active' and m.enabled and m.activated
          and not ${isOver(clockOf(health))})`,
  },
];
