import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { type Sql, sql } from "../../db/db.ts";
import { inClient, withOwner } from "../../db/tx.ts";
import { aClient, aCreator, aMission, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, storeDay } from "../../testing/day-files.ts";
import { aHeldRehearsal } from "../../testing/rehearsals.ts";
import { aRun, auditOf, markingSteps, runnerDeps, someone } from "../../testing/runs.ts";
import { runSync } from "../runner.ts";
import { pipeline } from "../steps.ts";
import { getRehearsal } from "./reading.ts";
import type { RehearsalDto } from "./schema.ts";
import { startRehearsal } from "./service.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");

/** A programme in which a rehearsal has rows to hold. */
async function aProgrammeToPlay() {
  const client = await aClient(db);
  const mission = await aMission(db, client, { targetValue: 500 });
  const user = await aCreator(db, client, { handle: "anna" });
  await aVideo(db, client, user, { gmv: 1200 });
  return { client, mission, user };
}

/** The totals that stand: a rehearsal that is held after step 3 has written others. */
async function salesOf(client: ClientId): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ sales: string }>(sql`select total_sales::text as sales from users where client_id = ${client}::uuid`),
  );
  return rows.map((row) => row.sales);
}

/** Starts a rehearsal that has to wait for its file, does something meanwhile, and answers how the rehearsal came out. */
async function whileStaging(
  client: ClientId,
  importId: string,
  work: (id: string) => Promise<unknown>,
): Promise<RehearsalDto> {
  const { id, over } = await inClient(db, client, async (tx) => {
    await tx.query(sql`select 1 as held from imports where id = ${importId}::uuid for no key update`);
    const started = await startRehearsal(
      db,
      someone,
      client,
      { importId },
      { ...runnerDeps({ steps: pipeline }), beatMs: 20 },
    );
    if (started.kind === "busy") throw new Error("the client was busy");
    await work(started.rehearsalId);
    return { id: started.rehearsalId, over: started.over };
  });
  await over;
  return getRehearsal(db, client, id);
}

describe("a write", () => {
  it("by a mutation ends the rehearsal and goes through at once", async () => {
    const { client, mission } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const owner = await callerAs(db, "owner", client);

    await owner.missions.duplicate({ clientId: client, missionId: mission });
    await held.over;

    const seen = await held.read();
    expect(seen).toMatchObject({ status: "ended", error: { code: "write" } });
    expect(seen.meanwhile).toMatchObject({ action: "mission.duplicated" });
    expect(seen.steps.map((step) => step.status).slice(0, 4)).toEqual([
      "succeeded",
      "succeeded",
      "cancelled",
      "waiting",
    ]);
    expect(await salesOf(client)).toEqual(["0"]);
    expect((await auditOf(db, client)).toSorted()).toEqual(["mission.duplicated", "sync.rehearsed"]);
  });

  it("to a row that the rehearsal holds goes through too", async () => {
    const { client, user } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const moved = await inClient(db, client, (tx) =>
      tx.execute(
        sql`update users set current_tier = 'tier_3' where client_id = ${client}::uuid and id = ${user}::uuid`,
      ),
    );
    expect(moved).toBe(1);
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "write" } });
  });

  const statements: Record<string, (client: ClientId) => Sql> = {
    "a new video": (client) => sql`
      insert into videos (client_id, video_key, video_url, user_id, post_date)
      select client_id, 'new', '', id, '2026-11-01' from users where client_id = ${client}::uuid`,
    "a deleted row": (client) => sql`delete from mission_progress where client_id = ${client}::uuid`,
    "another target": (client) => sql`update missions set target_value = 900 where client_id = ${client}::uuid`,
    "another ladder": (client) => sql`
      update tiers set tier_name = 'Wood' where client_id = ${client}::uuid and tier_order = 1`,
    "another time zone": (client) => sql`update clients set timezone = 'Europe/Berlin' where id = ${client}::uuid`,
  };
  it.each(Object.entries(statements))("in plain SQL, %s, ends it", async (_, statement) => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    await asOwner(db, (owner) => owner.execute(statement(client)));
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "write" } });
  });

  it("that was under way when the rehearsal began is waited for, and seen", async () => {
    const { client, mission } = await aProgrammeToPlay();
    const over = await withOwner(db, (writer) =>
      withOwner(db, async (watcher) => {
        await writer.query("begin");
        await writer.query("update missions set title = 'Written before' where client_id = $1 and id = $2", [
          client,
          mission,
        ]);
        const started = await startRehearsal(db, someone, client, {}, runnerDeps({ steps: pipeline }));
        if (started.kind === "busy") throw new Error("the client was busy");
        // Its connection is there, and nothing has come of it yet.
        const line = `muster rehearsal ${client}`;
        const look = "select 1 from pg_stat_activity where application_name = $1 and query like '%virtualtransaction%'";
        while ((await watcher.query(look, [line])).rowCount === 0);
        await writer.query("commit");
        await started.over;
        return getRehearsal(db, client, started.rehearsalId);
      }),
    );
    expect(over).toMatchObject({ status: "finished", seeded: [{ missionName: "Written before" }] });
  });

  it("of another client leaves it alone", async () => {
    const { client } = await aProgrammeToPlay();
    const other = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const owner = await callerAs(db, "owner", other.client);
    await owner.missions.duplicate({ clientId: other.client, missionId: other.mission });
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "finished" });
  });

  it("to nothing of the programme leaves it alone: a member, a file, a check", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const owner = await callerAs(db, "owner", client);
    await owner.members.add({ clientId: client, email: `x${Date.now()}@example.test`, name: "New", role: "viewer" });
    const importId = await storeDay(db, client, dayFile([{}]));
    await owner.imports.check({ clientId: client, importId });
    await owner.imports.discard({ clientId: client, importId });
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "finished" });
  });

  it("that is only thought of leaves it alone: a mission that is being written", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const owner = await callerAs(db, "owner", client);
    const draft = await owner.eligibility.previewDraft({ clientId: client, missionType: "sales_dollars" });
    expect(draft.counts.willCreate).toBe(1);
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "finished" });
  });

  it("that only waits for a row of it is let through soon", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client, { watchMs: 20 });
    // A lock is no write: no trigger sees it.
    const rows = await inClient(db, client, (tx) =>
      tx.query(sql`select 1 as held from users where client_id = ${client}::uuid for update`),
    );
    expect(rows).toHaveLength(1);
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "write" } });
  });

  it("that discards the very file it is played with goes through soon", async () => {
    const { client } = await aProgrammeToPlay();
    const importId = await storeDay(db, client, dayFile([{}]));
    const held = await aHeldRehearsal(db, client, { choice: { importId }, watchMs: 20 });
    const operator = await callerAs(db, "operator", client);
    expect(await operator.imports.discard({ clientId: client, importId })).toMatchObject({ status: "discarded" });
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "write" } });
  });

  it("while the file is made ready is simply seen", async () => {
    const { client, mission } = await aProgrammeToPlay();
    const importId = await storeDay(db, client, dayFile([{ Handle: "anna" }]));
    const owner = await callerAs(db, "owner", client);
    const over = await whileStaging(client, importId, async () => {
      const change = { clientId: client, missionId: mission, title: "Easy", targetValue: "1", enabled: true };
      await owner.missions.update({ ...change, rewardId: await aReward(db, client) });
    });
    expect(over).toMatchObject({ status: "finished", seeded: [{ missionName: "Easy" }] });
  });
});

describe("readers", () => {
  it("are not kept waiting and see nothing of it", async () => {
    const { client, mission, user } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client, { after: "redemptions" });
    const viewer = await callerAs(db, "viewer", client);
    const [creator, rows, redemptions, runs, health] = await Promise.all([
      viewer.creators.get({ clientId: client, userId: user }),
      viewer.progress.list({ clientId: client, missionId: mission }),
      viewer.redemptions.list({ clientId: client }),
      viewer.sync.list({ clientId: client }),
      viewer.health.checks({ clientId: client }),
    ]);
    expect(creator).toMatchObject({ totalSales: "0" });
    expect([rows.rows, redemptions.rows, runs.rows]).toEqual([[], [], []]);
    expect(health).toBeDefined();
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "finished" });
  });
});

describe("a sync", () => {
  it("that is queued or under way keeps a rehearsal from starting", async () => {
    const { client } = await aProgrammeToPlay();
    const run = await aRun(db, client);
    const operator = await callerAs(db, "operator", client, { now });
    const busy = { kind: "busy", by: "sync", runId: run, number: 1 };
    expect(await operator.sync.rehearse({ clientId: client })).toEqual(busy);
    const seed = async () => {
      expect(await operator.sync.rehearse({ clientId: client })).toEqual(busy);
      return { rowsIn: 0, rowsOut: 0, skipped: {}, counts: {}, message: "", warnings: 0 };
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ seed }) }), client, run)).toBe("succeeded");
  });

  it("ends a rehearsal by starting, whoever starts it, and does not wait for it", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const run = await aRun(db, client);
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "write" } });
    expect((await held.read()).meanwhile).toMatchObject({ action: "sync.started", subject: "Sync 1" });
    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
  });

  it("that came while the file was made ready is left alone", async () => {
    const { client } = await aProgrammeToPlay();
    const importId = await storeDay(db, client, dayFile([{}]));
    const over = await whileStaging(client, importId, () => aRun(db, client));
    expect(over).toMatchObject({ status: "ended", error: { code: "sync" } });
    expect(over.steps[1]).toMatchObject({ status: "waiting" });
  });
});

describe("a rehearsal whose file is still made ready", () => {
  it("is known to live, however long that takes", async () => {
    const { client } = await aProgrammeToPlay();
    const importId = await storeDay(db, client, dayFile([{ Handle: "anna" }]));
    const operator = await callerAs(db, "operator", client);
    const over = await whileStaging(client, importId, async (id) => {
      await asOwner(db, (owner) =>
        owner.execute(sql`
          update rehearsals set beat_at = clock_timestamp() - interval '31 s' where client_id = ${client}::uuid and id = ${id}::uuid`),
      );
      while ((await getRehearsal(db, client, id)).status !== "running");
      expect(await operator.sync.rehearse({ clientId: client })).toMatchObject({ kind: "busy", by: "rehearsal" });
    });
    expect(over).toMatchObject({ status: "finished" });
  });
});
