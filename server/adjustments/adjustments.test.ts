import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { anAdjustment, creatorOf, runSteps } from "../testing/steps.ts";
import { applyAdjustments } from "./service.ts";

const db = testDatabase();
const NIGHT = "2026-11-10T09:00:00Z";
const apply = (client: ClientId, now = NIGHT) => runSteps(db, client, now, applyAdjustments);

describe("entering an adjustment", () => {
  it("takes money where the client counts sales, forgives the form of the handle and is audited", async () => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "amy.sells" });
    const caller = await callerAs(db, "operator", client, { now: new Date(NIGHT) });

    const created = await caller.adjustments.create({
      clientId: client,
      handle: " @Amy.Sells",
      adjustmentType: "refund",
      value: "-25.50",
      reason: "Returned",
    });

    expect(created).toMatchObject({
      handle: "amy.sells",
      amount: "-25.50",
      amountUnits: null,
      appliedAt: null,
      createdAt: new Date(NIGHT),
    });
    const [audit] = await asOwner(db, (owner) =>
      owner.query(sql`select action, subject_name, after from audit_log where client_id = ${client}::uuid`),
    );
    expect(audit).toEqual({
      action: "adjustment.created",
      subject_name: "amy.sells",
      after: { type: "refund", amount: "-25.50", reason: "Returned" },
    });
  });

  it("takes whole units where the client counts units", async () => {
    const client = await aClient(db, { vipMetric: "units" });
    await aCreator(db, client, { handle: "amy" });
    const caller = await callerAs(db, "operator", client);
    const input = { clientId: client, handle: "amy", adjustmentType: "manual_sale", reason: "Fair" } as const;

    expect(await caller.adjustments.create({ ...input, value: "12" })).toMatchObject({
      amount: null,
      amountUnits: "12",
    });
    await expect(caller.adjustments.create({ ...input, value: "12.5" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("refuses a sign that the type does not have and a creator whom nobody knows", async () => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "amy" });
    const elsewhere = await aClient(db);
    await aCreator(db, elsewhere, { handle: "bob" });
    const caller = await callerAs(db, "operator", client);
    const input = {
      clientId: client,
      handle: "amy",
      adjustmentType: "refund",
      value: "-5",
      reason: "Returned",
    } as const;

    await expect(caller.adjustments.create({ ...input, value: "5" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(caller.adjustments.create({ ...input, handle: "bob" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await caller.adjustments.count({ clientId: client })).toBe(0);
  });
});

describe("applying adjustments", () => {
  it("marks each pending one once and leaves the others as they were", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    await anAdjustment(db, client, user, { amount: 10, appliedAt: "2026-11-02T09:00:00Z" });
    await anAdjustment(db, client, user, { amount: 20, appliedAt: null });

    expect(await apply(client)).toMatchObject({ rowsOut: 1, counts: { applied: 1 }, message: "1 adjustment applied" });
    expect(await apply(client, "2026-11-11T09:00:00Z")).toMatchObject({
      rowsOut: 0,
      message: "No pending adjustments",
    });

    const times = await asOwner(db, (owner) =>
      owner.query(
        sql`select applied_at as at from sales_adjustments where client_id = ${client}::uuid order by amount`,
      ),
    );
    expect(times).toEqual([{ at: new Date("2026-11-02T09:00:00Z") }, { at: new Date(NIGHT) }]);
  });

  it("counts an adjustment in the totals once it is applied, not before, and never twice", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    await anAdjustment(db, client, user, { amount: 20, appliedAt: null });

    await runSteps(db, client, NIGHT, recomputeTotals);
    expect((await creatorOf(db, client, user)).totalSales).toBe("0");
    for (let night = 0; night < 2; night += 1) {
      await apply(client);
      await runSteps(db, client, NIGHT, recomputeTotals);
    }

    expect((await creatorOf(db, client, user)).totalSales).toBe("20");
  });
});

describe("the database refuses", () => {
  it.each([
    ["to delete an adjustment", sql`delete from sales_adjustments where client_id = `],
    ["to change its amount", sql`update sales_adjustments set amount = 1 where client_id = `],
    ["to apply it a second time", sql`update sales_adjustments set applied_at = now() where client_id = `],
    ["to take it back", sql`update sales_adjustments set applied_at = null where client_id = `],
  ])("%s", async (_what, statement) => {
    const client = await aClient(db);
    await anAdjustment(db, client, await aCreator(db, client), { amount: 10 });

    await expect(asOwner(db, (owner) => owner.execute(sql`${statement}${client}::uuid`))).rejects.toThrow(
      "append-only",
    );
  });

  it("an amount that is not of the client's metric", async () => {
    const client = await aClient(db, { vipMetric: "units" });
    const user = await aCreator(db, client);

    await expect(anAdjustment(db, client, user, { amount: 10 })).rejects.toThrow("the client's metric");
  });
});

it("lists adjustments newest first, by page, and tells the pending ones apart", async () => {
  const client = await aClient(db);
  const [amy, bob] = [await aCreator(db, client, { handle: "amy" }), await aCreator(db, client, { handle: "bob" })];
  // three of one moment: the id decides, and microseconds are not lost in the cursor
  for (const amount of [1, 2, 3]) await anAdjustment(db, client, amy, { amount, at: "2026-11-01T12:00:00.123456Z" });
  await anAdjustment(db, client, bob, { amount: 4, at: "2026-11-02T12:00:00.654321Z", appliedAt: null });
  const caller = await callerAs(db, "viewer", client);

  const first = await caller.adjustments.list({ clientId: client, limit: 2 });
  const second = await caller.adjustments.list({ clientId: client, limit: 2, after: first.next! });
  const back = await caller.adjustments.list({ clientId: client, limit: 2, before: second.previous! });

  expect(first.rows[0]).toMatchObject({ handle: "bob", amount: "4" });
  expect(new Set([...first.rows, ...second.rows].map((row) => row.amount))).toEqual(new Set(["1", "2", "3", "4"]));
  expect(second.next).toBeNull();
  expect(back.rows).toEqual(first.rows);
  expect(Object.keys(first.rows[0]!)).not.toContain("createdKey");
  expect((await caller.adjustments.list({ clientId: client, isPending: true })).rows.map((row) => row.handle)).toEqual([
    "bob",
  ]);
  expect(await caller.adjustments.count({ clientId: client, isPending: false, userId: amy })).toBe(3);
});
