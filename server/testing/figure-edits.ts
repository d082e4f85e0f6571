/** Edits of whatever figures follow from, and a programme to make them in: for properties of kept figures. */
import fc from "fast-check";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { missionTypes } from "../missions/schema.ts";
import { recomputeQueuedProgress } from "../progress/service.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "./builders.ts";
import { anAdjustment, runSteps } from "./steps.ts";

const NIGHT = "2026-11-22T17:00:00Z";
const START = new Date("2026-11-05T12:00:00Z");
const END = new Date("2026-12-05T12:00:00Z");

const who = fc.nat(3);
export const anyFigureEdit = fc.oneof(
  fc.record({ kind: fc.constant("video" as const), who, day: fc.integer({ min: 1, max: 28 }), figure: fc.nat(50) }),
  fc.record({ kind: fc.constant("adjust" as const), who, amount: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant("window" as const), who, day: fc.integer({ min: 1, max: 28 }) }),
  fc.record({ kind: fc.constant("timezone" as const) }),
  fc.record({ kind: fc.constant("night" as const) }),
);
export type FigureEdit = typeof anyFigureEdit extends fc.Arbitrary<infer T> ? T : never;

/** Makes one edit of one of four creators. */
export async function makeFigureEdit(
  db: RootDb,
  client: ClientId,
  creators: readonly UserId[],
  edit: FigureEdit,
): Promise<unknown> {
  switch (edit.kind) {
    case "night":
      return runSteps(db, client, NIGHT, async (tx, step) => {
        await recomputeTotals(tx, step);
        await recomputeQueuedProgress(tx, step.settings, step.now);
      });
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

/** A mission of each type with a target, and four creators, the first so many of whom have a row of each. */
export async function aFigureProgramme(
  db: RootDb,
  { withRows, targetValue }: { withRows: number; targetValue: number },
): Promise<{ client: ClientId; creators: UserId[]; missions: MissionId[] }> {
  const client = await aClient(db);
  const creators: UserId[] = [];
  while (creators.length < 4) {
    creators.push(await aCreator(db, client, { tierAchievedAt: START, nextCheckpointAt: END }));
  }
  const missions: MissionId[] = [];
  for (const missionType of missionTypes) {
    const mission = await aMission(db, client, { missionType, targetValue });
    for (const user of creators.slice(0, withRows)) {
      await aProgressRow(db, client, user, mission, { start: START, end: END });
    }
    missions.push(mission);
  }
  return { client, creators, missions };
}
