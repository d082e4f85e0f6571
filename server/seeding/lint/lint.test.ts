import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();

/** Noon of a Sunday in New York, the builders' timezone. */
const now = new Date("2026-11-22T17:00:00Z");
const present = {
  tierAchievedAt: new Date("2026-10-01T04:00:00Z"),
  nextCheckpointAt: new Date("2027-02-01T05:00:00Z"),
};

const owner = (client: ClientId) => callerAs(db, "owner", client, { now });

async function lintOf(clientId: ClientId, missionId: string) {
  const viewer = await callerAs(db, "viewer", clientId, { now });
  return viewer.missions.lint({ clientId, missionId });
}

/** So many creators with a present window who have sold for that much in it. */
async function sellers(client: ClientId, count: number, gmv: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await aVideo(db, client, await aCreator(db, client, present), { gmv });
  }
}

function activations(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query(sql`select after from audit_log where client_id = ${client}::uuid and action = 'mission.activated'`),
  );
}

describe("missions.lint", () => {
  it("is green for a mission that nothing speaks against, enabled or not", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false, activated: false });
    await sellers(client, 2, 10);
    expect(await lintOf(client, mission)).toEqual({ light: "green", findings: [] });
  });

  it("counts who has reached the target by frozen windows, by present ones where there is no row, and not who is done", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { value: { amount: 25.5 } });
    const mission = await aMission(db, client, { rewardId: reward, enabled: false, activated: false });
    await sellers(client, 10, 1000);
    const frozen = await aCreator(db, client, present);
    await aProgressRow(db, client, frozen, mission, { status: "dormant", start: new Date("2026-03-01T05:00:00Z") });
    await aVideo(db, client, frozen, { postDate: "2026-04-01", gmv: 1000 });
    const done = await aCreator(db, client, present);
    await aProgressRow(db, client, done, mission, { status: "completed", value: 1000 });
    const before = await aCreator(db, client, present);
    await aVideo(db, client, before, { postDate: "2026-09-30", gmv: 5000 });
    const sentence = "11 of 12 creators have reached the target already, so it would cost $280.50 at once.";
    expect(await lintOf(client, mission)).toEqual({
      light: "red",
      findings: [{ code: "target_reached", level: "red", sentence, count: 11 }],
    });
  });

  it("knows the ladder, the windows and the other missions", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2", activated: false });
    const twin = await aMission(db, client, { tierEligibility: "tier_2" });
    await aMission(db, client, { tierEligibility: "tier_2", enabled: false });
    await aCreator(db, client, { ...present, tier: "silver of old" });
    await aCreator(db, client, { tier: "tier_2", nextCheckpointAt: new Date("2026-11-25T05:00:00Z") });
    expect(await lintOf(client, mission)).toMatchObject({
      light: "amber",
      findings: [
        { code: "creators_unknown", count: 1 },
        { code: "windows_short", count: 1 },
        { code: "twin", count: 1, missionId: twin },
      ],
    });
    const lost = await aMission(db, client, { tierEligibility: "tier_6", missionType: "videos" });
    expect(await lintOf(client, lost)).toMatchObject({ light: "red", findings: [{ code: "mission_tier_unknown" }] });
  });

  it("does not know a mission of another client", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, await aClient(db));
    await expect(lintOf(client, mission)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("activating under a red light", () => {
  async function aRedMission() {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { tierEligibility: "tier_6", enabled: false, activated: false });
    await aCreator(db, clientId);
    const caller = await owner(clientId);
    const { name } = await caller.missions.get({ clientId, missionId });
    return { clientId, missionId, caller, name };
  }

  it.each<[string, (name: string) => string | undefined]>([
    ["nothing", () => undefined],
    ["something else", () => "Gold Sprint"],
    ["the name in other letters", (name) => name.toUpperCase()],
  ])("with %s typed is refused with the findings, and changes nothing", async (_, typed) => {
    const { clientId, missionId, caller, name } = await aRedMission();
    const refused = caller.missions.activate({ clientId, missionId, confirmation: typed(name) });
    await expect(refused).rejects.toMatchObject({
      code: "CONFLICT",
      message: `It asks for tier_6, a tier that the ladder does not have: none of 1 creator can be judged. Type the name ${name} to activate it all the same.`,
      cause: { field: "confirmation", details: { findings: [{ code: "mission_tier_unknown", level: "red" }] } },
    });
    expect(await caller.missions.get({ clientId, missionId })).toMatchObject({ state: "draft" });
    expect(await activations(clientId)).toEqual([]);
  });

  it("with its name typed goes through, and the audit names what was overridden", async () => {
    const { clientId, missionId, caller, name } = await aRedMission();
    await caller.missions.activate({ clientId, missionId, confirmation: ` ${name} ` });
    expect(await caller.missions.get({ clientId, missionId })).toMatchObject({ state: "active" });
    const after = { enabled: true, activated: true, overridden: ["mission_tier_unknown"] };
    expect(await activations(clientId)).toEqual([{ after }]);
  });

  it("asks nothing again of a mission that runs already", async () => {
    const { clientId, missionId, caller, name } = await aRedMission();
    await caller.missions.activate({ clientId, missionId, confirmation: name });
    expect(await caller.missions.activate({ clientId, missionId })).toMatchObject({ created: 0, enabled: false });
    expect(await activations(clientId)).toHaveLength(1);
  });

  it("is judged when it is done: what was green when it was looked at may have turned red", async () => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { activated: false });
    await sellers(clientId, 1, 10);
    const caller = await owner(clientId);
    expect((await caller.missions.lint({ clientId, missionId })).light).toBe("green");
    await asOwner(db, (tx) => tx.execute(sql`update videos set gmv = 1000 where client_id = ${clientId}::uuid`));
    await expect(caller.missions.activate({ clientId, missionId })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("an amber light needs nothing and overrides nothing", async () => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { activated: false, missionType: "sales_units" });
    await aCreator(db, clientId, present);
    const caller = await owner(clientId);
    expect((await caller.missions.lint({ clientId, missionId })).light).toBe("amber");
    await caller.missions.activate({ clientId, missionId });
    expect(await activations(clientId)).toEqual([{ after: { enabled: true, activated: true } }]);
  });
});
