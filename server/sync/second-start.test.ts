import { expect, it } from "vitest";
import { sql } from "../db/db.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, storeDay } from "../testing/day-files.ts";

const db = testDatabase();

it("a second start of the same file changes nothing of what was chosen for the run under way", async () => {
  const client = await aClient(db);
  const importId = await storeDay(db, client, dayFile([{}]));
  const caller = await callerAs(db, "operator", client);
  await caller.sync.start({ clientId: client, importId, allOrNothing: true });
  expect((await caller.sync.start({ clientId: client, importId, allOrNothing: false })).kind).toBe("busy");
  const rows = await asOwner(db, (owner) =>
    owner.query<{ chosen: boolean }>(sql`
      select all_or_nothing as chosen from imports where client_id = ${client}::uuid and id = ${importId}::uuid`),
  );
  expect(rows).toEqual([{ chosen: true }]);
});
