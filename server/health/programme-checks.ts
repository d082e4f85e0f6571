/** Checks of the ladder, the creators and the runs. */
import { differsFromSources, totalsFromSources } from "../creators/totals-sql.ts";
import { dayOfInstant } from "../db/day-sql.ts";
import { sql } from "../db/db.ts";
import { type Check, creatorColumns, missionName, thresholdOf, today } from "./check.ts";

export const programmeChecks: readonly Check[] = [
  {
    code: "creators_unknown_tier",
    severity: "red",
    title: "Creators with an unknown tier",
    explanation:
      "Their tier is not in the ladder, so nobody can say which missions they qualify for, and they are neither promoted nor judged.",
    subject: "creator",
    found: ({ settings }) => sql`
      select ${creatorColumns} from users u
      left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
      where u.client_id = ${settings.id}::uuid and t.tier_id is null`,
  },
  {
    code: "missions_unknown_tier",
    severity: "red",
    title: "Missions with an unknown tier",
    explanation: "They ask for a tier that is not in the ladder, so no creator can be judged and nobody is seeded.",
    subject: "mission",
    found: ({ settings }) => sql`
      select m.id::text as id, ${missionName} as label, 1 as weight from missions m
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
      select t.tier_id as id, t.tier_name as label, 1 as weight from tiers t
      where t.client_id = ${health.settings.id}::uuid and ${thresholdOf(health)} is null`,
  },
  {
    code: "thresholds_not_rising",
    severity: "red",
    title: "Thresholds that do not rise",
    explanation: "These tiers ask for no more than a tier below them, so creators skip the lower one.",
    subject: "tier",
    found: (health) => sql`
      select t.id, t.label, 1 as weight
      from (
        select t.tier_id as id, t.tier_name as label, ${thresholdOf(health)} as threshold,
          max(${thresholdOf(health)}) over (order by t.tier_order rows between unbounded preceding and 1 preceding) as below
        from tiers t where t.client_id = ${health.settings.id}::uuid
      ) t
      where t.threshold <= t.below`,
  },
  {
    code: "checkpoint_missing_or_overdue",
    severity: "amber",
    title: "Checkpoints missing or overdue",
    explanation:
      "These creators have no next checkpoint although their tier asks for one, have one although it does not, or have one that passed without being judged.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns} from users u
      join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
      where u.client_id = ${health.settings.id}::uuid and (
        (u.next_checkpoint_at is null) = (${health.settings.tierCalculationMode} = 'fixed_checkpoint' and not t.checkpoint_exempt)
        or ${dayOfInstant(sql`u.next_checkpoint_at`, health.settings.timezone)} < ${today(health)})`,
  },
  {
    code: "totals_differ_from_sources",
    severity: "amber",
    title: "Sums that differ from their sources",
    explanation:
      "The sums of these creators are not those of their videos and applied adjustments. The next sync recomputes them.",
    subject: "creator",
    found: ({ settings }) => sql`
      select ${creatorColumns} from users u
      join (${totalsFromSources(settings, null)}) s on s.user_id = u.id
      where u.client_id = ${settings.id}::uuid and ${differsFromSources}`,
  },
  {
    code: "creators_without_video_60_days",
    severity: "grey",
    title: "Creators without a video for 60 days",
    explanation: "They have posted nothing in the last 60 days.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns} from users u
      where u.client_id = ${health.settings.id}::uuid and not exists (
        select 1 from videos v
        where v.client_id = u.client_id and v.client_id = ${health.settings.id}::uuid and v.user_id = u.id and v.post_date > ${today(health)} - 60)`,
  },
  {
    code: "no_sync_for_26_hours",
    severity: "red",
    title: "No successful sync for 26 hours",
    explanation: "No run has succeeded in the last 26 hours, so every figure is older than a day.",
    subject: "run",
    found: ({ settings, now }) => sql`
      select coalesce(r.id::text, '') as id, coalesce('Run ' || r.number, '') as label, 1 as weight
      from (values (1)) as one (weight)
      left join lateral (
        select s.id, s.number from sync_runs s where s.client_id = ${settings.id}::uuid order by s.number desc limit 1
      ) r on true
      where not exists (
        select 1 from sync_runs s
        where s.client_id = ${settings.id}::uuid and s.status in ('succeeded', 'succeeded_with_warnings')
          and s.ended_at > ${now}::timestamptz - interval '26 hours')`,
  },
];
