import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { auditOf } from "../../testing/runs.ts";

const db = testDatabase();
const verify = async (client: ClientId) => (await callerAs(db, "operator", client)).sync.verify({ clientId: client });

describe("sync.verify", () => {
  it("finds nothing and leaves no trace where the shortcuts lost nothing", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aVideo(db, client, await aCreator(db, client), { gmv: 10 });
    await (await callerAs(db, "operator", client)).seeding.run({ clientId: client });
    // The new figures wait for the night: they are no loss.
    const before = await auditOf(db, client);
    expect(await verify(client)).toEqual({ summed: 0, seeded: 0, progressed: 0, recounted: 0 });
    expect(await auditOf(db, client)).toEqual(before);
  });

  it("sets right and audits what was written past the triggers", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 1000 });
    await (await callerAs(db, "operator", client)).seeding.run({ clientId: client });
    await asOwner(db, async (owner) => {
      await owner.execute(sql`begin`);
      await owner.execute(sql`alter table users disable trigger user`);
      await owner.execute(sql`
        insert into users (client_id, tiktok_handle, current_tier) values (${client}::uuid, 'late', 'tier_1')`);
      await owner.execute(sql`alter table users enable trigger user`);
      await owner.execute(sql`commit`);
    });
    const seeded = await aCreator(db, client);
    await aProgressRow(db, client, seeded, mission);
    await aVideo(db, client, seeded, { gmv: 10 });
    await asOwner(db, async (owner) => {
      await owner.execute(sql`delete from progress_queue where client_id = ${client}::uuid`);
      await owner.execute(sql`delete from totals_queue where client_id = ${client}::uuid`);
    });
    expect(await verify(client)).toEqual({ summed: 3, seeded: 1, progressed: 1, recounted: 1 });
    expect(await auditOf(db, client)).toContain("sync.verified");
    expect(await verify(client)).toEqual({ summed: 0, seeded: 0, progressed: 0, recounted: 0 });
  });
});
