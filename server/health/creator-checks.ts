/** Checks of the creators: their tier, checkpoint, sums, videos, handles and rows. */
import { differsFromSources, totalsFromSources } from "../creators/totals-sql.ts";
import { dayOfInstant } from "../db/day-sql.ts";
import { sql } from "../db/db.ts";
import { isOver } from "../progress/list-sql.ts";
import { type Check, creatorColumns, dayWords, today } from "./check.ts";
import { lookalikes } from "./lookalikes-sql.ts";

export const creatorChecks: readonly Check[] = [
  {
    code: "creators_unknown_tier",
    severity: "red",
    title: "Creators with an unknown tier",
    explanation:
      "Their tier is not in the ladder, so nobody can say which missions they qualify for, and they are neither promoted nor judged.",
    subject: "creator",
    found: ({ settings }) => sql`
      select ${creatorColumns}, 'has the tier ' || u.current_tier as detail from users u
      left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
      where u.client_id = ${settings.id}::uuid and t.tier_id is null`,
  },
  {
    code: "checkpoint_missing_or_overdue",
    severity: "amber",
    title: "Checkpoints missing or overdue",
    explanation:
      "These creators have no next checkpoint although their tier asks for one, have one although it does not, or have one that passed without being judged.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns},
        case when u.next_checkpoint_at is null then 'has none, although ' || t.tier_name || ' asks for one'
          when ${health.settings.tierCalculationMode} <> 'fixed_checkpoint' or t.checkpoint_exempt
            then 'has one on ' || ${dayWords(health, sql`u.next_checkpoint_at`)} || ', although ' || t.tier_name || ' has none'
          else 'was due ' || ${dayWords(health, sql`u.next_checkpoint_at`)} || '; the next sync judges it' end as detail
      from users u
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
    found: ({ settings }) => {
      const total = settings.vipMetric === "sales" ? sql`total_sales` : sql`total_units`;
      return sql`
        select ${creatorColumns},
          case when u.${total} <> s.${total} then 'stands at ' || u.${total} || ', its sources say ' || s.${total}
            else 'the figures of the present window differ' end as detail
        from users u
        join (${totalsFromSources(settings, null)}) s on s.user_id = u.id
        where u.client_id = ${settings.id}::uuid and ${differsFromSources}`;
    },
  },
  {
    code: "duplicate_looking_handles",
    severity: "grey",
    title: "Handles that look alike",
    explanation:
      "They differ only in dots, underscores, doubled letters or a 0 for an o: perhaps one person who stands here twice.",
    subject: "creator",
    found: ({ settings }) => sql`
      select ${creatorColumns}, 'looks like @' || array_to_string((array_remove(l.handles, u.tiktok_handle))[1:5], ', @') as detail
      from (${lookalikes(settings.id)}) l
      join users u on u.client_id = ${settings.id}::uuid and u.id = l.user_id`,
  },
  {
    code: "creators_without_video_60_days",
    severity: "grey",
    title: "Creators without a video for 60 days",
    explanation: "They have posted nothing in the last 60 days.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns}, coalesce('last posted ' || (
          select to_char(max(l.post_date), 'FMDD Mon YYYY') from videos l
          where l.client_id = ${health.settings.id}::uuid and l.user_id = u.id), 'never posted') as detail
      from users u
      where u.client_id = ${health.settings.id}::uuid and not exists (
        select 1 from videos v
        where v.client_id = u.client_id and v.client_id = ${health.settings.id}::uuid and v.user_id = u.id and v.post_date > ${today(health)} - 60)`,
  },
  {
    code: "creators_without_running_row",
    severity: "grey",
    title: "Creators without a running row",
    explanation: "No mission runs for them now: everything is completed, over, asleep, or they qualify for nothing.",
    subject: "creator",
    found: (health) => sql`
      select ${creatorColumns}, coalesce(t.tier_name, u.current_tier || ', which is not in the ladder') as detail from users u
      left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
      where u.client_id = ${health.settings.id}::uuid and not exists (
        select 1 from mission_progress p
        join missions m on m.client_id = p.client_id and m.client_id = ${health.settings.id}::uuid and m.id = p.mission_id
        where p.client_id = u.client_id and p.user_id = u.id and p.status = 'active' and m.enabled and m.activated
          and not ${isOver({ timezone: health.settings.timezone, now: health.now })})`,
  },
];
