import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();
const owner = (client: ClientId) => callerAs(db, "owner", client);
const card = { type: "gift_card", amount: 25 } as const;

function auditOf(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query(sql`
      select action, subject_name as name, before, after from audit_log where client_id = ${client}::uuid order by at`),
  );
}

describe("rewards.create", () => {
  it.each([
    [{ type: "spark_ads", amount: 12.5 }, "instant"],
    [{ type: "commission_boost", percent: 5, durationDays: 30 }, "scheduled"],
    [{ type: "discount", percent: 10, durationMinutes: 60, couponCode: "SAVE", maxUses: 3 }, "scheduled"],
    [{ type: "experience" }, "instant"],
  ] as const)("makes %j", async (value, redemptionType) => {
    const client = await aClient(db);
    const caller = await owner(client);
    const created = await caller.rewards.create({ clientId: client, name: "R", value });
    expect(created).toMatchObject({ name: "R", value, redemptionType, enabled: true, missions: 0 });
    const { rows } = await caller.rewards.list({ clientId: client });
    expect(rows).toEqual([created]);
    expect(await auditOf(client)).toMatchObject([{ action: "reward.created", name: "R", after: { value } }]);
  });

  it.each([
    ["value.amount", { value: { type: "gift_card", amount: 0 } }],
    ["value.durationDays", { value: { type: "commission_boost", percent: 5, durationDays: 1.5 } }],
    ["tierEligibility", { value: card, tierEligibility: "tier_6" }],
    ["name", { value: card, name: " " }],
  ] as const)("refuses a bad %s by name", async (field, values) => {
    const client = await aClient(db);
    const caller = await owner(client);
    const error: unknown = await caller.rewards
      .create({ clientId: client, name: "R", ...values })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "BAD_REQUEST" });
    const { cause } = error as { cause: { field?: string; issues?: { path: string[] }[] } };
    expect(cause.field ?? cause.issues?.[0]?.path.join(".")).toBe(field);
  });

  it("is for owners", async () => {
    const client = await aClient(db);
    const operator = await callerAs(db, "operator", client);
    await expect(operator.rewards.create({ clientId: client, name: "R", value: card })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("rewards.update", () => {
  it("changes what differs and writes before and after; the same again leaves no trace", async () => {
    const client = await aClient(db);
    const caller = await owner(client);
    const { id: rewardId } = await caller.rewards.create({ clientId: client, name: "R", value: card });
    const input = { clientId: client, rewardId, name: "R", value: { ...card, amount: 30 }, enabled: false };
    const updated = await caller.rewards.update(input);
    expect(updated).toMatchObject({ value: { amount: 30 }, enabled: false });
    expect(await caller.rewards.update(input)).toEqual(updated);
    expect((await auditOf(client)).slice(1)).toEqual([
      {
        action: "reward.updated",
        name: "R",
        before: { value: card, enabled: true },
        after: { value: { ...card, amount: 30 }, enabled: false },
      },
    ]);
  });

  it("may change the type until somebody has earned it", async () => {
    const client = await aClient(db);
    const rewardId = await aReward(db, client);
    const mission = await aMission(db, client, { rewardId });
    const creator = await aCreator(db, client);
    await aProgressRow(db, client, creator, mission, { status: "completed", value: 1000 });
    const caller = await owner(client);
    const input = { clientId: client, rewardId, name: "R" };
    const boost = { type: "commission_boost", percent: 5, durationDays: 30 } as const;
    expect(await caller.rewards.update({ ...input, value: boost })).toMatchObject({
      value: boost,
      redemptionType: "scheduled",
      missions: 1,
    });
    await asOwner(db, (tx) =>
      tx.execute(sql`
        insert into redemptions (client_id, user_id, mission_id, reward_id, tier_at_claim, redemption_type)
        values (${client}::uuid, ${creator}::uuid, ${mission}::uuid, ${rewardId}::uuid, 'tier_1', 'scheduled')`),
    );
    await expect(caller.rewards.update({ ...input, value: card })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await caller.rewards.update({ ...input, value: { ...boost, percent: 7 } })).toMatchObject({
      value: { percent: 7 },
    });
  });

  it("finds no reward of another client", async () => {
    const client = await aClient(db);
    const rewardId = await aReward(db, await aClient(db));
    const caller = await owner(client);
    await expect(caller.rewards.update({ clientId: client, rewardId, name: "R", value: card })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

it("rewards.list pages by name both ways, filters and counts", async () => {
  const client = await aClient(db);
  const caller = await owner(client);
  for (const name of ["b 10%", "a", "c", "a"]) {
    await caller.rewards.create({ clientId: client, name, value: card, enabled: name !== "c" });
  }
  const first = await caller.rewards.list({ clientId: client, limit: 3 });
  const second = await caller.rewards.list({ clientId: client, limit: 3, after: first.next! });
  const back = await caller.rewards.list({ clientId: client, limit: 3, before: second.previous! });
  expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(["a", "a", "b 10%", "c"]);
  expect(back.rows).toEqual(first.rows);
  expect(await caller.rewards.count({ clientId: client })).toEqual(4);
  expect(await caller.rewards.count({ clientId: client, enabled: false })).toEqual(1);
  expect(await caller.rewards.count({ clientId: client, q: "%" })).toEqual(1);
  expect((await caller.rewards.list({ clientId: client, q: " A " })).rows).toHaveLength(2);
});
