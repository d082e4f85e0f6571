/** The sums kept with the creators say what the videos say, or nothing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import type { ClientId, UserId } from "../base/ids.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { anAdjustment, runSteps } from "../testing/steps.ts";
import { keptRows } from "./kept-value-sql.ts";
import { valuedRows } from "./value-sql.ts";

const db = testDatabase();
const NIGHT = "2026-11-22T17:00:00Z";
const START = new Date("2026-11-05T12:00:00Z");
const END = new Date("2026-12-05T12:00:00Z");

const who = fc.nat(3);
const anyEdit = fc.oneof(
  fc.record({ kind: fc.constant("video" as const), who, day: fc.integer({ min: 1, max: 28 }), figure: fc.nat(50) }),
  fc.record({ kind: fc.constant("adjust" as const), who, amount: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant("window" as const), who, day: fc.integer({ min: 1, max: 28 }) }),
  fc.record({ kind: fc.constant("timezone" as const) }),
  fc.record({ kind: fc.constant("night" as const) }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

async function make(client: ClientId, creators: readonly UserId[], edit: Edit): Promise<unknown> {
  switch (edit.kind) {
    case "night":
      return runSteps(db, client, NIGHT, recomputeTotals);
    case "video": {
      const postDate = `2026-11-${String(edit.day).padStart(2, "0")}`;
      const { figure } = edit;
      return aVideo(db, client, creators[edit.who]!, { postDate, gmv: figure, units: figure, views: figure, likes: 1 });
    }
    case "adjust":
      return anAdjustment(db, client, creators[edit.who]!, { amount: edit.amount, at: "2026-11-10T12:00:00Z" });
    case "window":
      return asOwner(db, (owner) =>
        owner.execute(sql`
          update users set tier_achieved_at = make_timestamptz(2026, 11, ${edit.day}::int, 3, 0, 0, 'UTC')
          where client_id = ${client}::uuid and id = ${creators[edit.who]!}::uuid`),
      );
    case "timezone":
      return asOwner(db, (owner) =>
        owner.execute(sql`update clients set timezone = 'Asia/Tokyo' where id = ${client}::uuid`),
      );
  }
}

interface Compared {
  kept: string | null;
  summed: string;
}

async function compare(client: ClientId): Promise<Compared[]> {
  return inClient(db, client, async (tx) => {
    const settings = await clientSettings(tx, client);
    const rows = sql`
      select p.client_id, p.user_id, p.mission_id, p.checkpoint_start, p.checkpoint_end, m.mission_type, m.target_value
      from mission_progress p join missions m on m.client_id = p.client_id and m.id = p.mission_id
      where p.client_id = ${client}::uuid`;
    return tx.query<Compared>(sql`
      select k.kept_value::text as kept, v.value::text as summed
      from (${keptRows(settings, rows)}) k
      join (${valuedRows(settings, rows)}) v on v.user_id = k.user_id and v.mission_id = k.mission_id`);
  });
}

async function aProgramme(): Promise<{ client: ClientId; creators: UserId[] }> {
  const client = await aClient(db);
  const creators: UserId[] = [];
  for (const missionType of ["sales_dollars", "sales_units", "videos", "views", "likes", "raffle"] as const) {
    const mission = await aMission(db, client, { missionType });
    while (creators.length < 4)
      creators.push(await aCreator(db, client, { tierAchievedAt: START, nextCheckpointAt: END }));
    for (const user of creators) await aProgressRow(db, client, user, mission, { start: START, end: END });
  }
  return { client, creators };
}

it("a kept value is what the videos of the window come to, whatever was edited since", async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyEdit, { maxLength: 12 }), async (edits) => {
      const { client, creators } = await aProgramme();
      await make(client, creators, { kind: "night" });
      for (const edit of edits) await make(client, creators, edit);
      const compared = await compare(client);
      expect(compared).toHaveLength(24);
      for (const { kept, summed } of compared) {
        if (kept === null) continue;
        known += 1;
        expect(Number(kept)).toBe(Number(summed));
      }
    }),
    { numRuns: 25 },
  );
  expect(known).toBeGreaterThan(0);
});
