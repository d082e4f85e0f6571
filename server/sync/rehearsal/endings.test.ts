import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { createLog } from "../../base/log.ts";
import { type Db, sql } from "../../db/db.ts";
import { inClient } from "../../db/tx.ts";
import { aClient, aCreator, aMission, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aHeldRehearsal, rehearsed } from "../../testing/rehearsals.ts";
import { auditOf, markingSteps, marksOf, runnerDeps, someone } from "../../testing/runs.ts";
import { endRehearsal, startRehearsal, stopRehearsals } from "./service.ts";

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

describe("one at a time", () => {
  it("a second rehearsal of the client is told of the first", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const operator = await callerAs(db, "operator", client);
    expect(await operator.sync.rehearse({ clientId: client })).toEqual({
      kind: "busy",
      by: "rehearsal",
      rehearsalId: held.id,
    });
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "finished" });
  });

  it("of many at once one starts", async () => {
    const { client } = await aProgrammeToPlay();
    const starts = await Promise.all(
      Array.from({ length: 6 }, () => startRehearsal(db, someone, client, {}, runnerDeps())),
    );
    expect(starts.filter((start) => start.kind === "started")).toHaveLength(1);
    await Promise.all(starts.map((start) => start.over));
  });

  it("one whose process is dead shows as ended and stands in nobody's way", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update rehearsals set beat_at = clock_timestamp() - interval '31 s' where id = ${held.id}::uuid`),
    );
    const seen = await held.read();
    expect(seen).toMatchObject({ status: "ended", error: { code: "process_died" }, endedAt: null });
    expect(seen.steps[2]).toMatchObject({ name: "totals", status: "cancelled" });
    const next = await startRehearsal(db, someone, client, {}, runnerDeps());
    expect(next.kind).toBe("started");
    await next.over;
    held.release();
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "process_died" } });
    expect(await auditOf(db, client)).toEqual(["sync.rehearsed", "sync.rehearsed"]);
  });
});

describe("an end", () => {
  it("can be made by an operator, once", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    const operator = await callerAs(db, "operator", client);
    const input = { clientId: client, rehearsalId: held.id };
    expect(await operator.sync.endRehearsal(input)).toEqual({ kind: "ended" });
    await held.over;
    const seen = await held.read();
    expect(seen).toMatchObject({ status: "ended", error: { code: "person" } });
    expect(seen.error?.message).toMatch(/^Admin .* ended it\.$/);
    expect(await operator.sync.endRehearsal(input)).toEqual({ kind: "over", status: "ended" });
    expect(await auditOf(db, client)).toEqual(["sync.rehearsed"]);
    const foreign = await aProgrammeToPlay();
    const stranger = endRehearsal(db, someone, foreign.client, { rehearsalId: held.id, now });
    await expect(stranger).rejects.toThrow("was not found");
  });

  it("comes by itself after the time limit", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client, { limitMs: 2000 });
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "time_limit" } });
    expect(await salesOf(client)).toEqual(["0"]);
  });

  it("comes to a statement that takes longer than that", async () => {
    const client = await aClient(db);
    const totals = async (tx: Db) => {
      await tx.query(sql`select pg_sleep(30)::text as slept`);
      throw new Error("it slept to its end");
    };
    const seen = await rehearsed(db, client, {}, { steps: markingSteps({ totals }), limitMs: 300 });
    expect(seen).toMatchObject({ status: "ended", error: { code: "time_limit" } });
    expect(await marksOf(db, client)).toEqual([]);
  });

  it("comes with the end of the process", async () => {
    const { client } = await aProgrammeToPlay();
    const held = await aHeldRehearsal(db, client);
    await stopRehearsals(db, { log: createLog({ level: "silent" }) });
    expect(await held.read()).toMatchObject({ status: "ended", error: { code: "stopped" } });
  });

  it("leaves no connection behind", async () => {
    const { client } = await aProgrammeToPlay();
    await rehearsed(db, client);
    const lines = () =>
      asOwner(db, (owner) =>
        owner.query(
          sql`select 1 as one from pg_stat_activity where application_name = ${`muster rehearsal ${client}`}`,
        ),
      );
    // The server takes a moment to notice that its client has gone.
    for (let look = 0; look < 100 && (await lines()).length > 0; look += 1) await wait(20);
    expect(await lines()).toEqual([]);
  });
});

describe("end_rehearsals", () => {
  it("ends those of the session's client and refuses those of another", async () => {
    const { client } = await aProgrammeToPlay();
    const other = await aClient(db);
    const held = await aHeldRehearsal(db, client);
    const end = (as: ClientId) =>
      inClient(db, as, (tx) => tx.query<{ ended: number }>(sql`select end_rehearsals(${client}::uuid)::int as ended`));
    await expect(end(other)).rejects.toThrow(/another client/);
    expect(await end(client)).toEqual([{ ended: 1 }]);
    await held.over;
    expect(await held.read()).toMatchObject({ status: "ended" });
    expect(await end(client)).toEqual([{ ended: 0 }]);
  });

  it("is all that the request role may do: it may not end connections by itself", async () => {
    const { rows } = await db.app.query<{ may: boolean }>(
      "select has_function_privilege('stop_rehearsals(uuid)', 'execute') as may",
    );
    expect(rows).toEqual([{ may: false }]);
  });
});
