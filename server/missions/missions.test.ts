import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aMission, aReward, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();
/** 2026-11-22, 23:30 in New York: already the 23rd in UTC. */
const now = new Date("2026-11-23T04:30:00Z");
const owner = (client: ClientId) => callerAs(db, "owner", client, { now });

function auditOf(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query(sql`
      select action, subject_name as name, before, after from audit_log where client_id = ${client}::uuid order by at`),
  );
}

describe("missions.create", () => {
  it("makes a sleeping mission, with its unit by type, and tells the audit log", async () => {
    const client = await aClient(db);
    const rewardId = await aReward(db, client, { type: "discount", value: { percent: 10, duration_minutes: 60 } });
    const caller = await owner(client);
    const created = await caller.missions.create({
      clientId: client,
      missionType: "sales_units",
      title: "  Unit Sprint ",
      targetValue: "25",
      rewardId,
      tierEligibility: "tier_2",
      previewFromTier: "tier_1",
      enabled: true,
    });
    expect(created).toMatchObject({
      name: "Unit Sprint",
      displayName: "",
      targetValue: "25",
      targetUnit: "units",
      tierName: "Silver",
      isTierKnown: true,
      state: "enabled",
      activated: false,
      reward: { id: rewardId, enabled: true, value: { type: "discount", percent: 10, durationMinutes: 60 } },
    });
    expect(await caller.missions.get({ clientId: client, missionId: created.id })).toEqual(created);
    expect(await auditOf(client)).toMatchObject([{ action: "mission.created", name: "Unit Sprint" }]);
  });

  it.each([
    ["targetValue", { targetValue: "0" }],
    ["targetValue", { targetValue: "-5" }],
    ["targetValue", { targetValue: "1e3" }],
    ["targetValue", { targetValue: "0.001" }],
    ["targetValue", { targetValue: "1000.505" }],
    ["tierEligibility", { tierEligibility: "tier_5" }],
    ["raffleEndDate", { raffleEndDate: "2026-12-24" }],
    ["raffleEndDate", { raffleEndDate: "2026-02-30" }],
    ["title", { title: "   " }],
  ])("refuses a bad %s by name: %j", async (field, values) => {
    const client = await aClient(db);
    const caller = await owner(client);
    const input = { clientId: client, missionType: "sales_dollars", title: "A", targetValue: "10", ...values } as const;
    const error: unknown = await caller.missions.create(input).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "BAD_REQUEST" });
    const { cause } = error as { cause: { field?: string; issues?: { path: string[] }[] } };
    expect(cause.field ?? cause.issues?.[0]?.path.join(".")).toBe(field);
    expect(await auditOf(client)).toEqual([]);
  });

  it("does not find the reward of another client", async () => {
    const client = await aClient(db);
    const caller = await owner(client);
    for (const rewardId of [randomUUID(), await aReward(db, await aClient(db))]) {
      await expect(
        caller.missions.create({ clientId: client, missionType: "views", title: "A", targetValue: "1", rewardId }),
      ).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("missions.update", () => {
  it("changes what differs, keeps the type, and writes before and after", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, {
      missionType: "videos",
      targetValue: 5,
      rewardId: null,
      activated: false,
    });
    const caller = await owner(client);
    const { title } = await caller.missions.get({ clientId: client, missionId });
    const input = { clientId: client, missionId, title, targetValue: "7", enabled: false, displayName: "Film more" };
    const updated = await caller.missions.update(input);
    expect(updated).toMatchObject({ missionType: "videos", targetValue: "7", name: "Film more", state: "draft" });
    expect(await auditOf(client)).toEqual([
      {
        action: "mission.updated",
        name: "Film more",
        before: { displayName: "", targetValue: "5", enabled: true },
        after: { displayName: "Film more", targetValue: "7", enabled: false },
      },
    ]);
    expect(await caller.missions.update(input)).toEqual(updated);
    expect(await auditOf(client)).toHaveLength(1);
  });

  it("keeps an unknown tier that stands, and says that it is unknown", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, { tierEligibility: "gold of old", rewardId: null, activated: false });
    const caller = await owner(client);
    const input = { clientId: client, missionId, title: "Renamed", targetValue: "1000" };
    expect(await caller.missions.update({ ...input, tierEligibility: "gold of old" })).toMatchObject({
      title: "Renamed",
      tierEligibility: "gold of old",
      tierName: null,
      isTierKnown: false,
    });
    await expect(caller.missions.update({ ...input, tierEligibility: "silver of old" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("keeps the reward of an activated mission", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client);
    const caller = await owner(client);
    await expect(
      caller.missions.update({ clientId: client, missionId, title: "A", targetValue: "1000", rewardId: null }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("keeps a reward") as string });
  });

  it("is for owners, and finds no mission of another client", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, await aClient(db));
    const input = { clientId: client, missionId, title: "A", targetValue: "1000" };
    await expect((await owner(client)).missions.update(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const operator = await callerAs(db, "operator", client);
    await expect(operator.missions.update(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("missions.duplicate", () => {
  it("copies everything under another title, switched off", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, { missionType: "raffle", tierEligibility: "tier_3" });
    const caller = await owner(client);
    const original = await caller.missions.get({ clientId: client, missionId });
    const copy = await caller.missions.duplicate({ clientId: client, missionId });
    expect(copy).toEqual({
      ...original,
      id: copy.id,
      title: `${original.title} (copy)`,
      name: `${original.title} (copy)`,
      enabled: false,
      activated: false,
      state: "draft",
      createdAt: copy.createdAt,
      updatedAt: copy.updatedAt,
    });
    expect(await auditOf(client)).toMatchObject([{ action: "mission.duplicated", after: { copyOf: missionId } }]);
  });
});

describe("missions.list", () => {
  it("follows the admin's order in pages, both ways", async () => {
    const client = await aClient(db);
    const caller = await owner(client);
    const orders = [3, 1, 1, 2, 0];
    for (const displayOrder of orders) {
      await caller.missions.create({
        clientId: client,
        missionType: "likes",
        title: "L",
        targetValue: "1",
        displayOrder,
      });
    }
    const first = await caller.missions.list({ clientId: client, limit: 2 });
    const second = await caller.missions.list({ clientId: client, limit: 2, after: first.next! });
    const third = await caller.missions.list({ clientId: client, limit: 2, after: second.next! });
    const back = await caller.missions.list({ clientId: client, limit: 2, before: third.previous! });
    const all = [first, second, third].flatMap(({ rows }) => rows);
    expect(all.map(({ displayOrder }) => displayOrder)).toEqual([0, 1, 1, 2, 3]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    expect(back.rows).toEqual(second.rows);
    expect(third.next).toBeNull();
    expect(await caller.missions.count({ clientId: client })).toEqual(5);
  });

  it("filters by state as of the client's day", async () => {
    const client = await aClient(db);
    const draft = await aMission(db, client, { enabled: false });
    const enabled = await aMission(db, client, { activated: false });
    const active = await aMission(db, client);
    const lastDay = await aMission(db, client, { missionType: "raffle", raffleEndDate: "2026-11-22" });
    const ended = await aMission(db, client, { missionType: "raffle", raffleEndDate: "2026-11-21" });
    const caller = await owner(client);
    const inState = async (state: "draft" | "enabled" | "active" | "ended") => {
      const total = await caller.missions.count({ clientId: client, state });
      const { rows } = await caller.missions.list({ clientId: client, state });
      expect(rows.every((row) => row.state === state)).toBe(true);
      expect(total).toBe(rows.length);
      return rows.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b));
    };
    expect(await inState("draft")).toEqual([draft]);
    expect(await inState("enabled")).toEqual([enabled]);
    expect(await inState("active")).toEqual([active, lastDay].toSorted((a, b) => a.localeCompare(b)));
    expect(await inState("ended")).toEqual([ended]);
  });

  it("finds by title and display name, literally, and by tier", async () => {
    const client = await aClient(db);
    const caller = await owner(client);
    const create = (title: string, displayName: string, tierEligibility: string) =>
      caller.missions.create({
        clientId: client,
        missionType: "views",
        title,
        displayName,
        targetValue: "1",
        tierEligibility,
      });
    await create("100% Gold", "", "tier_3");
    await create("q3_sprint", "Golden Autumn", "all");
    await create("q3 sprint", "", "tier_3");
    const titles = async (filters: { q?: string; tier?: string }) =>
      (await caller.missions.list({ clientId: client, ...filters })).rows.map(({ title }) => title).toSorted();
    expect(await titles({ q: " GOLD " })).toEqual(["100% Gold", "q3_sprint"]);
    expect(await titles({ q: "%" })).toEqual(["100% Gold"]);
    expect(await titles({ q: "q3_" })).toEqual(["q3_sprint"]);
    expect(await titles({ tier: "tier_3" })).toEqual(["100% Gold", "q3 sprint"]);
    expect(await titles({ tier: "all", q: "nothing" })).toEqual([]);
  });

  it("refuses the cursor of another list", async () => {
    const client = await aClient(db);
    const caller = await owner(client);
    const after = Buffer.from('["x","y"]').toString("base64url");
    await expect(caller.missions.list({ clientId: client, after })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

it("a mission of nobody and one of another client look the same", async () => {
  const client = await aClient(db);
  const caller = await owner(client);
  const messages: string[] = [];
  for (const missionId of [randomUUID(), await aMission(db, await aClient(db))]) {
    for (const procedure of [caller.missions.get, caller.missions.duplicate, caller.missions.deactivate] as const) {
      const error = (await procedure({ clientId: client, missionId }).catch((reason: unknown) => reason)) as Error;
      expect(error).toMatchObject({ code: "NOT_FOUND" });
      messages.push(error.message);
    }
  }
  expect(new Set(messages).size).toBe(1);
});
