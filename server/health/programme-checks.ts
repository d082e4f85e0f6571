/** Checks of the ladder, the missions and the runs. */
import { sql } from "../db/db.ts";
import { type Check, dayWords, missionName, thresholdOf } from "./check.ts";

export const programmeChecks: readonly Check[] = [
  {
    code: "missions_unknown_tier",
    severity: "red",
    title: "Missions with an unknown tier",
    explanation: "They ask for a tier that is not in the ladder, so no creator can be judged and nobody is seeded.",
    subject: "mission",
    found: ({ settings }) => sql`
      select m.id::text as id, ${missionName} as label, 'asks for ' || m.tier_eligibility as detail from missions m
      left join tiers t on t.client_id = m.client_id and t.tier_id = m.tier_eligibility
      where m.client_id = ${settings.id}::uuid and m.tier_eligibility <> 'all' and t.tier_id is null`,
  },
  {
    code: "tiers_without_threshold",
    severity: "red",
    title: "Tiers without a threshold",
    explanation: "A tier without a threshold in the client's metric is passed over: nobody reaches it.",
    subject: "tier",
    found: (health) => sql`
      select t.tier_id as id, t.tier_name as label, 'no threshold in ' || ${health.settings.vipMetric}::text as detail
      from tiers t
      where t.client_id = ${health.settings.id}::uuid and ${thresholdOf(health)} is null`,
  },
  {
    code: "thresholds_not_rising",
    severity: "red",
    title: "Thresholds that do not rise",
    explanation: "These tiers ask for no more than a tier below them, so creators skip the lower one.",
    subject: "tier",
    found: (health) => sql`
      select t.id, t.label, 'asks for ' || t.threshold || ', a tier below it for ' || t.below as detail
      from (
        select t.tier_id as id, t.tier_name as label, ${thresholdOf(health)} as threshold,
          max(${thresholdOf(health)}) over (order by t.tier_order rows between unbounded preceding and 1 preceding) as below
        from tiers t where t.client_id = ${health.settings.id}::uuid
      ) t
      where t.threshold <= t.below`,
  },
  {
    code: "no_sync_for_26_hours",
    isClockBound: true,
    severity: "red",
    title: "No successful sync for 26 hours",
    explanation: "No run has succeeded in the last 26 hours, so every figure is older than a day.",
    subject: "run",
    found: (health) => sql`
      select coalesce(r.id::text, '') as id, coalesce('Run ' || r.number, '') as label,
        'the last run, started ' || ${dayWords(health, sql`r.created_at`)} || ': ' || replace(r.status, '_', ' ') as detail
      from (values (1)) as one (here)
      left join lateral (
        select s.id, s.number, s.status, s.created_at from sync_runs s
        where s.client_id = ${health.settings.id}::uuid order by s.number desc limit 1
      ) r on true
      where not exists (
        select 1 from sync_runs s
        where s.client_id = ${health.settings.id}::uuid and s.status in ('succeeded', 'succeeded_with_warnings')
          and s.ended_at > ${health.now}::timestamptz - interval '26 hours')`,
  },
];
