/** Whom a narrowing leaves out is near to nothing: the list is the same as when everybody is judged. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { clientSettings } from "../../access/settings.ts";
import type { Day } from "../../base/days.ts";
import { inClient } from "../../db/tx.ts";
import { testDatabase } from "../../testing/database.ts";
import { aFigureProgramme, anyFigureEdit, makeFigureEdit } from "../../testing/figure-edits.ts";
import { nearMissKinds, type NearMissRow } from "./schema.ts";
import { allNearMisses, countNearMisses, listNearMisses } from "./sql.ts";

const db = testDatabase();
const TODAY = "2026-11-22" as Day;

it("near-misses are the same among candidates and among everybody, whatever was edited since the last night", async () => {
  let seen = 0;
  const shape = fc.record({ edits: fc.array(anyFigureEdit, { maxLength: 10 }), withRows: fc.nat(4) });
  await fc.assert(
    fc.asyncProperty(shape, async ({ edits, withRows }) => {
      const { client, creators, missions } = await aFigureProgramme(db, { withRows, targetValue: 30 });
      await makeFigureEdit(db, client, creators, { kind: "night" });
      for (const edit of edits) await makeFigureEdit(db, client, creators, edit);
      await inClient(db, client, async (tx) => {
        const settings = await clientSettings(tx, client);
        for (const missionId of missions) {
          for (const kind of nearMissKinds) {
            for (const whatIf of [undefined, { targetValue: "10", tierEligibility: "tier_3" }]) {
              const asked = { missionId, kind, whatIf, sort: "near" as const };
              const everybody = await tx.query<NearMissRow>(allNearMisses(settings, asked, TODAY));
              expect(await listNearMisses(tx, settings, { ...asked, limit: 50 }, TODAY)).toEqual(everybody);
              expect((await countNearMisses(tx, settings, asked, TODAY)).total).toBe(everybody.length);
              seen += everybody.length;
            }
          }
        }
      });
    }),
    { numRuns: 20 },
  );
  expect(seen).toBeGreaterThan(0);
});
