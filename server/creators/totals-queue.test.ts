/** Recomputing only whom something happened to gives what recomputing everybody gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import type { ClientId, UserId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { moveTiers } from "../tiers/moves.ts";
import { aClient, aCreator, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { runSteps } from "../testing/steps.ts";
import { recomputeAllTotals, recomputeTotals } from "./totals.ts";

const db = testDatabase();
const NIGHT = "2026-11-22T17:00:00Z";

const who = fc.nat(3);
const anyEdit = fc.oneof(
  fc.record({ kind: fc.constant("video" as const), who, day: fc.integer({ min: 1, max: 28 }), units: fc.nat(900) }),
  fc.record({ kind: fc.constant("figures" as const), units: fc.nat(900) }),
  fc.record({ kind: fc.constant("unpost" as const), who }),
  fc.record({
    kind: fc.constant("adjust" as const),
    who,
    isApplied: fc.boolean(),
    amount: fc.integer({ min: 1, max: 3000 }),
  }),
  fc.record({ kind: fc.constant("apply" as const) }),
  fc.record({ kind: fc.constant("window" as const), who, day: fc.integer({ min: 1, max: 28 }) }),
  fc.record({ kind: fc.constant("sums" as const), who }),
  fc.record({ kind: fc.constant("join" as const), sales: fc.nat(9) }),
  fc.record({ kind: fc.constant("timezone" as const), to: fc.constantFrom("Asia/Tokyo", "America/New_York") }),
  fc.record({ kind: fc.constant("night" as const) }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

/** A night is alone by its run, and these touch every creator. */
const AT_ONCE_WITH_ALL = new Set<Edit["kind"]>(["night", "figures", "apply"]);

interface Programme {
  client: ClientId;
  creators: UserId[];
}

async function aProgramme(): Promise<Programme> {
  const client = await aClient(db);
  const creators: UserId[] = [];
  // Eight of whom four are edited: the few are looked up one by one, the many are not.
  for (const month of [10, 11, null, 12, 10, 11, null, 12]) {
    const end = month === null ? null : new Date(Date.UTC(2026, month, 15));
    creators.push(
      await aCreator(db, client, { tierAchievedAt: new Date("2026-11-05T12:00:00Z"), nextCheckpointAt: end }),
    );
  }
  return { client, creators };
}

function statementOf({ client, creators }: Programme, edit: Exclude<Edit, { kind: "night" | "join" }>): Sql {
  const user = "who" in edit ? creators[edit.who]! : null;
  const ofUser = sql`client_id = ${client}::uuid and id = ${user}::uuid`;
  switch (edit.kind) {
    case "video":
      return sql`
        insert into videos (client_id, video_key, video_url, user_id, post_date, units_sold, gmv)
        values (${client}::uuid, ${`${edit.who}-${edit.day}`}, 'x', ${user}::uuid, make_date(2026, 11, ${edit.day}::int),
          ${edit.units}::int, ${edit.units}::int * 9.5)
        on conflict (client_id, video_key) do update set units_sold = excluded.units_sold`;
    case "figures":
      return sql`update videos set gmv = ${edit.units}::int where client_id = ${client}::uuid`;
    case "unpost":
      return sql`delete from videos where client_id = ${client}::uuid and user_id = ${user}::uuid`;
    case "adjust":
      return sql`
        insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by, applied_at)
        values (${client}::uuid, ${user}::uuid, ${edit.amount}::int, 'manual_sale', 'a correction', 'Test',
          case when ${edit.isApplied} then ${NIGHT}::timestamptz end)`;
    case "apply":
      return sql`update sales_adjustments set applied_at = ${NIGHT}::timestamptz where client_id = ${client}::uuid and applied_at is null`;
    case "window":
      return sql`update users set tier_achieved_at = make_timestamptz(2026, 11, ${edit.day}::int, 3, 0, 0, 'UTC') where ${ofUser}`;
    case "sums":
      return sql`update users set total_sales = total_sales + 1, checkpoint_total_views = 7 where ${ofUser}`;
    case "timezone":
      return sql`update clients set timezone = ${edit.to} where id = ${client}::uuid`;
  }
}

let nights = 0;

/** Each a minute after the one before: a creator moves once at a time. */
async function night(client: ClientId): Promise<void> {
  nights += 1;
  const now = new Date(Date.parse(NIGHT) + nights * 60_000).toISOString();
  await runSteps(db, client, now, recomputeTotals);
  await runSteps(db, client, now, moveTiers);
}

async function make(programme: Programme, edit: Edit): Promise<unknown> {
  if (edit.kind === "night") return night(programme.client);
  if (edit.kind === "join") return aCreator(db, programme.client, {});
  return asOwner(db, (owner) => owner.execute(statementOf(programme, edit)));
}

/** Creators whose sums a full computation writes: what the queue has missed. */
function missed(client: ClientId): Promise<number> {
  return inClient(
    db,
    client,
    async (tx) => (await recomputeAllTotals(tx, await clientSettings(tx, client), new Date(NIGHT))).written,
  );
}

/** Creators whose rank is not the place of their total. */
async function wronglyRanked(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ creators: number }>(sql`
      select count(*)::int as creators
      from (
        select u.client_id, u.id, rank() over (order by u.total_sales desc) as place from users u where u.client_id = ${client}::uuid
      ) u
      left join creator_ranks r on r.client_id = u.client_id and r.user_id = u.id
      where r.rank is distinct from u.place`),
  );
  return row!.creators;
}

describe("the sums of whom something happened to", () => {
  it("are the sums of everybody, after any edits between any nights", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 14 }), async (edits) => {
        const programme = await aProgramme();
        for (const edit of edits) await make(programme, edit);
        await night(programme.client);
        expect(await wronglyRanked(programme.client)).toBe(0);
        expect(await missed(programme.client)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("miss nobody whose figures change while a night computes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 4, maxLength: 10 }), async (edits) => {
        const programme = await aProgramme();
        const single = edits.filter(({ kind }) => !AT_ONCE_WITH_ALL.has(kind));
        await Promise.all([...single.map((edit) => make(programme, edit)), night(programme.client)]);
        await night(programme.client);
        expect(await missed(programme.client)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("are looked at for nobody when nothing happened", async () => {
    const programme = await aProgramme();
    await night(programme.client);
    const outcome = await runSteps(db, programme.client, NIGHT, recomputeTotals);
    expect(outcome).toMatchObject({
      rowsIn: 0,
      rowsOut: 0,
      message: "0 of 8 creators looked at, 0 changed, ranks moved for 0",
    });
  });
});
