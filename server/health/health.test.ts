import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { anAdjustment } from "../testing/steps.ts";

const db = testDatabase();
const NOW = new Date("2026-11-10T15:00:00Z");

async function findings(client: ClientId) {
  const caller = await callerAs(db, "viewer", client, { now: NOW });
  return (await caller.health.checkNow({ clientId: client })).checks;
}

async function finding(client: ClientId, code: string) {
  const found = (await findings(client)).find((check) => check.code === code);
  if (found === undefined) throw new Error(`no check ${code}`);
  return { count: found.count, sample: found.sample.map((named) => named.label) };
}

/** A run that ended so many hours before now. */
function aRun(client: ClientId, status: "succeeded" | "failed", hoursAgo: number, number = 1) {
  const ended = new Date(NOW.getTime() - hoursAgo * 3_600_000);
  return asOwner(db, (owner) =>
    owner.execute(sql`
      insert into sync_runs (client_id, number, source, status, by_name, ended_at, error_code, error_message)
      values (${client}::uuid, ${number}::int, 'manual', ${status}, 'A person', ${ended}::timestamptz,
        ${status === "failed" ? "boom" : null}, ${status === "failed" ? "It broke." : null})`),
  );
}

/** Programmes with exactly one kind of trouble: how each is made, its count, and the names in the sample. */
const troubles: Record<string, { make: (client: ClientId) => Promise<unknown>; count: number; sample: string[] }> = {
  creators_unknown_tier: {
    make: async (client) => {
      for (const handle of ["g", "f", "e", "d", "c", "b"])
        await aCreator(db, client, { handle: `${handle}_x`, tier: "legendary" });
    },
    count: 6,
    sample: ["b_x", "c_x", "d_x", "e_x", "f_x"],
  },
  missions_unknown_tier: {
    make: async (client) => titled(client, await aMission(db, client, { tierEligibility: "legendary" }), "Lost"),
    count: 1,
    sample: ["Lost"],
  },
  tiers_without_threshold: {
    make: (client) => setThreshold(client, "tier_3", null),
    count: 1,
    sample: ["Gold"],
  },
  thresholds_not_rising: {
    make: (client) => setThreshold(client, "tier_3", 1000),
    count: 1,
    sample: ["Gold"],
  },
  checkpoint_missing_or_overdue: {
    make: async (client) => {
      await aCreator(db, client, { handle: "missing", tier: "tier_2" });
      await aCreator(db, client, {
        handle: "overdue",
        tier: "tier_2",
        nextCheckpointAt: new Date("2026-11-10T04:59:59Z"),
      });
      await aCreator(db, client, {
        handle: "due_tonight",
        tier: "tier_2",
        nextCheckpointAt: new Date("2026-11-10T05:00:00Z"),
      });
      await aCreator(db, client, { handle: "exempt", tier: "tier_1" });
      await aCreator(db, client, {
        handle: "misplaced",
        tier: "tier_1",
        nextCheckpointAt: new Date("2027-01-01T05:00:00Z"),
      });
    },
    count: 3,
    sample: ["misplaced", "missing", "overdue"],
  },
  totals_differ_from_sources: {
    make: async (client) => {
      const [stale, fresh] = [
        await aCreator(db, client, { handle: "stale" }),
        await aCreator(db, client, { handle: "fresh" }),
      ];
      await aVideo(db, client, stale, { gmv: 5 });
      await anAdjustment(db, client, fresh, { amount: 5, appliedAt: null });
    },
    count: 1,
    sample: ["stale"],
  },
  duplicate_looking_handles: {
    make: async (client) => {
      for (const handle of ["anna.bell", "annabell", "anna_bel1", "zo_0omi", "zo.omi"])
        await aCreator(db, client, { handle });
      // digits are not folded into each other, and a short handle is like many
      for (const handle of ["lea_1_2", "lea_12", "lea_122", "b.o", "bo"]) await aCreator(db, client, { handle });
    },
    count: 5,
    sample: ["anna.bell", "anna_bel1", "annabell", "zo.omi", "zo_0omi"],
  },
  creators_without_video_60_days: {
    make: async (client) => {
      await aVideo(db, client, await aCreator(db, client, { handle: "quiet" }), { postDate: "2026-09-11" });
      await aVideo(db, client, await aCreator(db, client, { handle: "lively" }), { postDate: "2026-09-12" });
    },
    count: 1,
    sample: ["quiet"],
  },
  no_sync_for_26_hours: {
    make: async (client) => {
      await aRun(client, "succeeded", 27, 1);
      await aRun(client, "failed", 1, 2);
    },
    count: 1,
    sample: ["Run 2"],
  },
  pairs_to_be_created: {
    make: async (client) => {
      const seeded = await aCreator(db, client);
      await aCreator(db, client);
      await aCreator(db, client);
      const mission = await titled(client, await aMission(db, client), "Sprint");
      await aProgressRow(db, client, seeded, mission);
    },
    count: 2,
    sample: ["Sprint"],
  },
  active_missions_with_nobody_seeded: {
    make: async (client) => {
      await titled(client, await aMission(db, client, { tierEligibility: "tier_4" }), "Empty");
      await aMission(db, client, { activated: false });
    },
    count: 1,
    sample: ["Empty"],
  },
  dormant_rows_of_running_missions: {
    make: async (client) => {
      const mission = await titled(client, await aMission(db, client), "Sleepy");
      await aProgressRow(db, client, await aCreator(db, client), mission, { status: "dormant" });
      await aProgressRow(db, client, await aCreator(db, client), await aMission(db, client, { activated: false }), {
        status: "dormant",
      });
    },
    count: 1,
    sample: ["Sleepy"],
  },
  completed_without_redemption: {
    make: async (client) => {
      const mission = await titled(client, await aMission(db, client), "Owing");
      await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });
      await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });
    },
    count: 2,
    sample: ["Owing"],
  },
  completed_without_reward: {
    make: async (client) => {
      const mission = await titled(client, await aMission(db, client, { rewardId: null }), "For nothing");
      await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });
    },
    count: 1,
    sample: ["For nothing"],
  },
  rows_over_still_active: {
    make: async (client) => {
      const mission = await titled(client, await aMission(db, client), "Bygone");
      await aProgressRow(db, client, await aCreator(db, client), mission, { end: new Date("2026-11-10T05:00:00Z") });
      await aProgressRow(db, client, await aCreator(db, client), mission, { end: new Date("2026-11-11T05:00:00Z") });
    },
    count: 1,
    sample: ["Bygone"],
  },
  window_differs_from_present: {
    make: async (client) => {
      const mission = await titled(client, await aMission(db, client), "Older");
      await aProgressRow(db, client, await aCreator(db, client), mission, { start: new Date("2026-10-01T04:00:00Z") });
      await aProgressRow(db, client, await aCreator(db, client), mission);
    },
    count: 1,
    sample: ["Older"],
  },
  creators_without_running_row: {
    make: async (client) => {
      const [running, paused] = [await aMission(db, client), await aMission(db, client, { activated: false })];
      await aProgressRow(db, client, await aCreator(db, client, { handle: "busy" }), running);
      await aProgressRow(db, client, await aCreator(db, client, { handle: "paused" }), paused);
      await aProgressRow(db, client, await aCreator(db, client, { handle: "over" }), running, {
        end: new Date("2026-11-01T04:00:00Z"),
      });
      await aProgressRow(db, client, await aCreator(db, client, { handle: "done" }), running, { status: "completed" });
      await aCreator(db, client, { handle: "new" });
    },
    count: 4,
    sample: ["done", "new", "over", "paused"],
  },
};

describe("data health", () => {
  it.each(Object.entries(troubles))("counts and names %s", async (code, { make, count, sample }) => {
    const client = await aClient(db);
    await make(client);

    expect(await finding(client, code)).toEqual({ count, sample });
  });

  it("makes every check it knows, and each has a test here", async () => {
    const client = await aClient(db);

    expect((await findings(client)).map((check) => check.code).toSorted()).toEqual(Object.keys(troubles).toSorted());
  });

  it("finds nothing in a programme without trouble, whatever stands in another client", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    for (const code of [
      "creators_unknown_tier",
      "pairs_to_be_created",
      "completed_without_redemption",
      "totals_differ_from_sources",
    ]) {
      await troubles[code]!.make(elsewhere);
    }
    await aRun(client, "succeeded", 25);

    expect((await findings(client)).filter((check) => check.count > 0)).toEqual([]);
  });

  it("calls a client that was never synced out of date, without a run to name", async () => {
    const client = await aClient(db);

    expect(await finding(client, "no_sync_for_26_hours")).toEqual({ count: 1, sample: [] });
  });

  it("lists the worst first", async () => {
    const severities = (await findings(await aClient(db))).map((check) => check.severity);

    expect(severities).toEqual([
      ...severities.filter((one) => one === "red"),
      ...severities.filter((one) => one === "amber"),
      ...severities.filter((one) => one === "grey"),
    ]);
  });
});

async function titled<Id extends string>(client: ClientId, mission: Id, title: string): Promise<Id> {
  await asOwner(db, (owner) =>
    owner.execute(
      sql`update missions set title = ${title} where client_id = ${client}::uuid and id = ${mission}::uuid`,
    ),
  );
  return mission;
}

function setThreshold(client: ClientId, tierId: string, threshold: number | null) {
  return asOwner(db, (owner) =>
    owner.execute(
      sql`update tiers set sales_threshold = ${threshold}::numeric where client_id = ${client}::uuid and tier_id = ${tierId}`,
    ),
  );
}
