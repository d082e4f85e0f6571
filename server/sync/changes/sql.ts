/**
 * The changes of one run, by name, read from what the run left in the programme. The same statements answer inside the
 * transaction that is still at work, as in a rehearsal, and right after a run that is over.
 */
import type { ClientId, RunId } from "../../base/ids.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import { shownName } from "../../db/shown-sql.ts";
import { moneyValue } from "../../rewards/value-sql.ts";
import type { ChangeKind, KeptKind, NamedChange, SeededMission } from "./schema.ts";

/** What a run leaves on the rows that it writes: its id where there is room for one, and its one `now` on the others. */
export interface RunMark {
  client: ClientId;
  runId: RunId;
  now: Date;
}

/** A change as it is read; `isNew` says that this run created the creator too. */
export type ReadChange = NamedChange & { isNew: boolean };

const noMission = sql`null::uuid as "missionId", null::text as "missionName"`;
const noMove = sql`null::text as "tierBefore", null::text as "tierAfter"`;
const mission = sql`m.id as "missionId", ${shownName} as "missionName"`;
const noReward = sql`null::text as "rewardName"`;

function creator({ now }: RunMark): Sql {
  return sql`u.id as "userId", u.tiktok_handle as handle, u.created_at = ${now}::timestamptz as "isNew"`;
}

/** A creator's row has no run; it was made at the run's moment, with videos of the run's file. */
function created(of: RunMark): Sql {
  return sql`
    select ${creator(of)}, ${noMission}, ${noMove}, null::text as value, ${noReward}
    from users u
    where u.client_id = ${of.client}::uuid and u.created_at = ${of.now}::timestamptz and exists (
      select 1 from videos v
      join imports i on i.client_id = v.client_id and i.id = v.last_import_id and i.run_id = ${of.runId}::uuid
      where v.client_id = u.client_id and v.client_id = ${of.client}::uuid and v.user_id = u.id)
    order by u.tiktok_handle`;
}

/** A creator with several overdue windows may have moved more than once. */
function moved(of: RunMark, status: "promoted" | "demoted" | "maintained"): Sql {
  return sql`
    select ${creator(of)}, ${noMission}, t.tier_before as "tierBefore", t.tier_after as "tierAfter",
      t.metric_value::text as value, ${noReward}
    from tier_checkpoints t
    join users u on u.client_id = t.client_id and u.id = t.user_id
    where t.client_id = ${of.client}::uuid and t.run_id = ${of.runId}::uuid and t.status = ${status}
    order by u.tiktok_handle, t.window_end`;
}

function seeded(of: RunMark): Sql {
  return sql`
    select ${creator(of)}, ${mission}, ${noMove}, null::text as value, ${noReward}
    from seeds s
    join seed_missions c on c.client_id = s.client_id and c.seed_id = s.id
    join mission_progress p on p.client_id = c.client_id and p.mission_id = c.mission_id and p.seed_id = c.seed_id
    join users u on u.client_id = p.client_id and u.id = p.user_id
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where s.client_id = ${of.client}::uuid and s.run_id = ${of.runId}::uuid
    order by u.tiktok_handle, m.display_order, m.id`;
}

/** To be asked right after the step that woke them: the next one writes its moment, which is the same, on rows whose value changed. */
function woken(of: RunMark): Sql {
  return sql`
    select ${creator(of)}, ${mission}, ${noMove}, null::text as value, ${noReward}
    from mission_progress p
    join users u on u.client_id = p.client_id and u.id = p.user_id
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${of.client}::uuid and p.status = 'active' and p.updated_at = ${of.now}::timestamptz
    order by u.tiktok_handle, m.display_order, m.id`;
}

/** A row that another run has rewarded was completed by that one, should both have had the same clock. */
function completed(of: RunMark): Sql {
  return sql`
    select ${creator(of)}, ${mission}, ${noMove}, p.current_value::text as value, ${noReward}
    from mission_progress p
    join users u on u.client_id = p.client_id and u.id = p.user_id
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${of.client}::uuid and p.status = 'completed' and p.completed_at = ${of.now}::timestamptz
      and not exists (
        select 1 from redemptions r
        where r.client_id = p.client_id and r.client_id = ${of.client}::uuid and r.user_id = p.user_id
          and r.mission_id = p.mission_id and r.cycle = p.cycle and r.run_id <> ${of.runId}::uuid)
    order by u.tiktok_handle, m.display_order, m.id, p.cycle`;
}

const worth = moneyValue(sql`w`);

function owed(of: RunMark): Sql {
  return sql`
    select ${creator(of)}, ${mission}, ${noMove}, (${worth})::text as value, w.name as "rewardName"
    from redemptions r
    join users u on u.client_id = r.client_id and u.id = r.user_id
    join missions m on m.client_id = r.client_id and m.id = r.mission_id
    join rewards w on w.client_id = r.client_id and w.id = r.reward_id
    where r.client_id = ${of.client}::uuid and r.run_id = ${of.runId}::uuid
    order by u.tiktok_handle, m.display_order, m.id, r.cycle`;
}

/** A select of the changes of one kind, in the order of their lists: by handle, then mission. Its columns are those of `ReadChange`. */
export function changesOf(kind: ChangeKind | KeptKind, of: RunMark): Sql {
  const kinds: Record<ChangeKind | KeptKind, () => Sql> = {
    created: () => created(of),
    promoted: () => moved(of, "promoted"),
    demoted: () => moved(of, "demoted"),
    maintained: () => moved(of, "maintained"),
    seeded: () => seeded(of),
    woken: () => woken(of),
    completed: () => completed(of),
    redemption: () => owed(of),
  };
  return kinds[kind]();
}

/** Opens a cursor over a select; it lives until it is closed or the transaction ends. All its rows are wanted, so it is planned for all. */
export async function openCursor(tx: Db, select: Sql): Promise<void> {
  await tx.execute(sql`set local cursor_tuple_fraction = 1`);
  await tx.execute(sql`declare changes no scroll cursor for ${select}`);
}

export function fetchCursor(tx: Db): Promise<ReadChange[]> {
  return tx.query<ReadChange>(sql`fetch forward 1000 from changes`);
}

export async function closeCursor(tx: Db): Promise<void> {
  await tx.execute(sql`close changes`);
}

/** How many rows the run created of each mission, in the missions' order. */
export function countSeeded(tx: Db, of: RunMark): Promise<SeededMission[]> {
  return tx.query<SeededMission>(sql`
    select ${mission}, c.created as count
    from seeds s
    join seed_missions c on c.client_id = s.client_id and c.seed_id = s.id
    join missions m on m.client_id = c.client_id and m.id = c.mission_id
    where s.client_id = ${of.client}::uuid and s.run_id = ${of.runId}::uuid
    order by m.display_order, m.id`);
}

/** What the run's redemptions are worth together, and how many have no price. */
export async function sumOwed(tx: Db, of: RunMark): Promise<{ value: string; withoutPrice: number }> {
  const [row] = await tx.query<{ value: string; withoutPrice: number }>(sql`
    select coalesce(sum(${worth}), 0)::text as value, (count(*) filter (where (${worth}) is null))::int as "withoutPrice"
    from redemptions r
    join rewards w on w.client_id = r.client_id and w.id = r.reward_id
    where r.client_id = ${of.client}::uuid and r.run_id = ${of.runId}::uuid`);
  return row!;
}
