/** The sums kept with the creators say what the videos say, or nothing. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { testDatabase } from "../testing/database.ts";
import { aFigureProgramme, anyFigureEdit, makeFigureEdit } from "../testing/figure-edits.ts";
import { keptRows } from "./kept-value-sql.ts";
import { valuedRows } from "./value-sql.ts";

const db = testDatabase();
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

it("a kept value is what the videos of the window come to, whatever was edited since", async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyFigureEdit, { maxLength: 12 }), async (edits) => {
      const { client, creators } = await aFigureProgramme(db, { withRows: 4, targetValue: 1_000_000 });
      await makeFigureEdit(db, client, creators, { kind: "night" });
      for (const edit of edits) await makeFigureEdit(db, client, creators, edit);
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
