/** Computing only whom something happened to gives what computing everybody gives; the counts of rows are those of the rows. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, aCreator, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { runSteps } from "../testing/steps.ts";
import { progressStep, recomputeProgress, wakeStep } from "./service.ts";

const db = testDatabase();
const NIGHT = "2026-11-22T17:00:00Z";

const who = fc.nat(3);
const which = fc.nat(1);
const anyEdit = fc.oneof(
  fc.record({ kind: fc.constant("video" as const), who, day: fc.integer({ min: 1, max: 28 }), views: fc.nat(40) }),
  fc.record({ kind: fc.constant("figures" as const), views: fc.nat(40) }),
  fc.record({ kind: fc.constant("unpost" as const), who }),
  fc.record({ kind: fc.constant("seed" as const) }),
  fc.record({ kind: fc.constant("target" as const), which, to: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("run" as const), which, enabled: fc.boolean(), activated: fc.boolean() }),
  fc.record({ kind: fc.constant("wake" as const), who }),
  fc.record({ kind: fc.constant("timezone" as const), to: fc.constantFrom("Asia/Tokyo", "America/New_York") }),
  fc.record({ kind: fc.constant("undo" as const), who }),
  fc.record({ kind: fc.constant("night" as const) }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer T> ? T : never;

interface Programme {
  client: ClientId;
  missions: MissionId[];
  creators: UserId[];
}

async function aProgramme(): Promise<Programme> {
  const client = await aClient(db);
  const missions = [
    await aMission(db, client, { missionType: "views", targetValue: "30", activated: true }),
    await aMission(db, client, { missionType: "videos", targetValue: "2", activated: false }),
  ];
  const creators: UserId[] = [];
  // Eight of whom four are edited: the few are looked up one by one, the many are not.
  for (const month of [10, 11, null, 12, 10, 11, null, 12]) {
    const end = month === null ? null : new Date(Date.UTC(2026, month, 15));
    creators.push(
      await aCreator(db, client, { tierAchievedAt: new Date("2026-11-05T12:00:00Z"), nextCheckpointAt: end }),
    );
  }
  return { client, missions, creators };
}

function statementOf({ client, missions, creators }: Programme, edit: Exclude<Edit, { kind: "night" }>): Sql {
  const user = "who" in edit ? creators[edit.who]! : null;
  const mission = "which" in edit ? missions[edit.which]! : null;
  const ofUser = sql`client_id = ${client}::uuid and user_id = ${user}::uuid`;
  const ofMission = sql`client_id = ${client}::uuid and id = ${mission}::uuid`;
  switch (edit.kind) {
    case "video":
      return sql`
        insert into videos (client_id, video_key, video_url, user_id, post_date, views)
        values (${client}::uuid, ${`${edit.who}-${edit.day}`}, 'x', ${user}::uuid, make_date(2026, 11, ${edit.day}::int), ${edit.views}::int)
        on conflict (client_id, video_key) do update set views = excluded.views`;
    case "figures":
      return sql`update videos set views = ${edit.views}::int where client_id = ${client}::uuid`;
    case "unpost":
      return sql`delete from videos where ${ofUser}`;
    case "seed":
      return sql`select create_mission_progress_for_eligible_users(${client}::uuid)`;
    case "target":
      return sql`update missions set target_value = ${edit.to}::int where ${ofMission}`;
    case "run":
      return sql`update missions set enabled = ${edit.enabled}, activated = ${edit.activated} where ${ofMission}`;
    case "wake":
      return sql`update mission_progress set status = 'active' where ${ofUser} and status = 'dormant'`;
    case "timezone":
      return sql`update clients set timezone = ${edit.to} where id = ${client}::uuid`;
    case "undo":
      return sql`delete from mission_progress where ${ofUser}`;
  }
}

async function night(client: ClientId): Promise<void> {
  await runSteps(db, client, NIGHT, wakeStep);
  await runSteps(db, client, NIGHT, progressStep);
}

function make(programme: Programme, edit: Edit): Promise<unknown> {
  if (edit.kind === "night") return night(programme.client);
  return asOwner(db, (owner) => owner.execute(statementOf(programme, edit)));
}

/** Rows that a full computation writes: what the queue has missed. */
function missed(client: ClientId): Promise<number> {
  return inClient(
    db,
    client,
    async (tx) => (await recomputeProgress(tx, await clientSettings(tx, client), new Date(NIGHT))).written,
  );
}

async function wrongCells(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ wrong: number }>(sql`select recount_progress(${client}::uuid) as wrong`),
  );
  return row!.wrong;
}

describe("progress of whom something happened to", () => {
  it("is the progress of everybody, after any edits between any nights", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { maxLength: 14 }), async (edits) => {
        const programme = await aProgramme();
        for (const edit of edits) await make(programme, edit);
        await night(programme.client);
        expect(await missed(programme.client)).toBe(0);
        expect(await wrongCells(programme.client)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("misses nobody whose figures change while a night computes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 4, maxLength: 10 }), async (edits) => {
        const programme = await aProgramme();
        await make(programme, { kind: "seed" });
        const single = edits.filter(({ kind }) => kind !== "timezone" && kind !== "figures");
        await Promise.all([...single.map((edit) => make(programme, edit)), night(programme.client)]);
        await night(programme.client);
        expect(await missed(programme.client)).toBe(0);
        expect(await wrongCells(programme.client)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("looks at nobody when nothing happened", async () => {
    const programme = await aProgramme();
    await make(programme, { kind: "seed" });
    await night(programme.client);
    const outcome = await runSteps(db, programme.client, NIGHT, progressStep);
    expect(outcome).toMatchObject({
      rowsIn: 0,
      rowsOut: 0,
      message: "0 of 8 rows judged, 0 values changed, 0 completed",
    });
  });
});
