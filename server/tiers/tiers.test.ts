import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, asOwner } from "../testing/builders.ts";
import type { ClientOptions } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { creatorOf } from "../testing/steps.ts";
import type { TiersUpdateInput } from "./schema.ts";

const db = testDatabase();
const NOW = new Date("2026-11-10T09:00:00Z");

/** A client, its owner, and its ladder as the page would send it back. */
async function aLadder(options: ClientOptions = {}) {
  const client = await aClient(db, options);
  const owner = await callerAs(db, "owner", client, { now: NOW });
  const { tiers } = await owner.tiers.list({ clientId: client });
  const sent: TiersUpdateInput["tiers"] = tiers.map(({ tierOrder: _order, creators: _creators, ...tier }) => tier);
  const save = (changed: TiersUpdateInput["tiers"]) => owner.tiers.update({ clientId: client, tiers: changed });
  return { client, owner, sent, save };
}

const auditsOf = (client: ClientId) =>
  asOwner(db, (owner) =>
    owner.query<{ action: string; before: unknown; after: unknown; counts: unknown }>(
      sql`select action, before, after, counts from audit_log where client_id = ${client}::uuid order by at`,
    ),
  );

describe("the ladder", () => {
  it("is listed lowest first with the creators of each tier, and how many it does not know", async () => {
    const { client, owner } = await aLadder();
    for (const tier of ["tier_2", "tier_2", "tier_1", "legendary"]) await aCreator(db, client, { tier });

    const ladder = await owner.tiers.list({ clientId: client });

    expect(ladder.unknownCreators).toBe(1);
    expect(ladder.tiers.map((tier) => [tier.tierId, tier.tierName, tier.salesThreshold, tier.creators])).toEqual([
      ["tier_1", "Bronze", "0", 1],
      ["tier_2", "Silver", "1000", 2],
      ["tier_3", "Gold", "3000", 0],
      ["tier_4", "Platinum", "10000", 0],
    ]);
  });

  it("is saved whole: renamed, inserted between two, removed, reordered by position", async () => {
    const { client, sent, save } = await aLadder();
    const [bronze, silver, gold] = sent;

    const ladder = await save([
      { ...bronze!, tierName: "Starter" },
      { ...silver!, tierId: null, tierName: "Between", salesThreshold: "500" },
      gold!,
      { ...silver!, salesThreshold: "4000.50" },
    ]);

    expect(ladder.tiers.map((tier) => [tier.tierId, tier.tierOrder, tier.tierName, tier.salesThreshold])).toEqual([
      ["tier_1", 1, "Starter", "0"],
      ["tier_4", 2, "Between", "500"],
      ["tier_3", 3, "Gold", "3000"],
      ["tier_2", 4, "Silver", "4000.50"],
    ]);
    const [audit] = await auditsOf(client);
    expect(audit).toMatchObject({
      action: "tiers.updated",
      before: {
        tiers: [{ tierName: "Bronze" }, { tierName: "Silver" }, { tierName: "Gold" }, { tierName: "Platinum" }],
      },
      after: {
        tiers: [{ tierName: "Starter" }, { tierName: "Between" }, { tierName: "Gold" }, { tierName: "Silver" }],
      },
    });
  });

  it("is not audited when nothing changed", async () => {
    const { client, sent, save } = await aLadder();

    await save(sent);

    expect(await auditsOf(client)).toEqual([]);
  });

  it("is refused whole when a threshold does not rise", async () => {
    const { client, owner, sent, save } = await aLadder();

    await expect(
      save(
        sent.map((tier, index) => ({
          ...tier,
          tierName: "New",
          salesThreshold: index === 2 ? "1000" : tier.salesThreshold,
        })),
      ),
    ).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { field: "tiers.2.salesThreshold" },
    });
    expect((await owner.tiers.list({ clientId: client })).tiers[0]!.tierName).toBe("Bronze");
  });

  it("does not lose a tier that creators or missions name, and says how many do", async () => {
    const { client, sent, save } = await aLadder();
    for (let count = 0; count < 3; count += 1) await aCreator(db, client, { tier: "tier_3" });
    await aMission(db, client, { tierEligibility: "tier_3" });

    await expect(save(sent.filter((tier) => tier.tierId !== "tier_3"))).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Gold cannot be removed: 3 creators and 1 mission still name it.",
    });
    // nor may a new tier take its id, and with it its creators
    await expect(
      save(sent.map((tier) => (tier.tierId === "tier_3" ? { ...tier, tierId: null } : tier))),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("lets owners alone write", async () => {
    const { client, sent } = await aLadder();
    const operator = await callerAs(db, "operator", client);

    await expect(operator.tiers.update({ clientId: client, tiers: sent })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the next checkpoint of a tier's creators", () => {
  const window = {
    tierAchievedAt: new Date("2026-08-01T04:00:00Z"),
    nextCheckpointAt: new Date("2026-12-01T05:00:00Z"),
  };
  const exempting = (tiers: TiersUpdateInput["tiers"], tierId: string, checkpointExempt: boolean) =>
    tiers.map((tier) => (tier.tierId === tierId ? { ...tier, checkpointExempt } : tier));

  it("is cleared when the tier becomes exempt, and set again when it no longer is", async () => {
    const { client, sent, save } = await aLadder();
    const [silver, gold] = [
      await aCreator(db, client, { tier: "tier_2", ...window }),
      await aCreator(db, client, { tier: "tier_3", ...window }),
    ];

    await save(exempting(sent, "tier_2", true));
    expect((await creatorOf(db, client, silver)).next).toBeNull();
    expect((await creatorOf(db, client, gold)).next).toBe(window.nextCheckpointAt.toISOString());
    await save(sent);

    expect(await creatorOf(db, client, silver)).toMatchObject({
      since: window.tierAchievedAt.toISOString(),
      next: "2027-03-10T09:00:00.000Z",
    });
    expect((await auditsOf(client)).map((audit) => audit.counts)).toEqual([
      { checkpointsMoved: 1 },
      { checkpointsMoved: 1 },
    ]);
  });

  it("stays empty for a lifetime client", async () => {
    const { client, sent, save } = await aLadder({ tierCalculationMode: "lifetime" });
    const bronze = await aCreator(db, client, { tier: "tier_1" });

    await save(exempting(sent, "tier_1", false));

    expect((await creatorOf(db, client, bronze)).next).toBeNull();
  });

  it("is set for creators whose tier the ladder did not know until now", async () => {
    const { client, sent, save } = await aLadder();
    const lost = await aCreator(db, client, { tier: "tier_6" });

    await save([...sent, { ...sent[3]!, tierId: "tier_6", tierName: "Crown", salesThreshold: "50000" }]);

    expect((await creatorOf(db, client, lost)).next).toBe("2027-03-10T09:00:00.000Z");
  });
});
