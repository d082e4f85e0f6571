import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient, withOwner } from "../db/tx.ts";
import { aClient, aCreator, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { withStandIn } from "../testing/stand-in.ts";
import { runSteps } from "../testing/steps.ts";
import type { CreatorListInput } from "./schema.ts";
import { recomputeTotals } from "./totals.ts";

const db = testDatabase();

/** Reads a list to its end and back; answers the handles of every page. */
async function walk(client: ClientId, input: Partial<CreatorListInput>) {
  const caller = await callerAs(db, "viewer", client);
  const pages = [await caller.creators.list({ clientId: client, ...input })];
  for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next) {
    pages.push(await caller.creators.list({ clientId: client, ...input, after: next }));
  }
  const back = [pages.at(-1)!];
  for (let previous = back[0]!.previous; previous !== null; previous = back[0]!.previous) {
    back.unshift(await caller.creators.list({ clientId: client, ...input, before: previous }));
  }
  const handles = (list: typeof pages) => list.flatMap((page) => page.rows.map((row) => row.handle));
  expect(handles(back)).toEqual(handles(pages));
  return handles(pages);
}

/** A client with a creator for each handle, every third in the second tier. */
async function aClientOf(handles: readonly string[]) {
  const client = await aClient(db, { tiers: [0, 1000] });
  const creators = handles.map((handle, n) => ({ handle, tier: n % 3 === 0 ? "tier_2" : "tier_1" }));
  await inClient(db, client, (tx) =>
    tx.execute(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, c.handle, c.tier
      from unnest(${handles}::text[], ${creators.map(({ tier }) => tier)}::text[]) c (handle, tier)`),
  );
  return { client, creators };
}

describe("the list of creators", () => {
  it("goes by handle in byte order, page by page, there and back", async () => {
    const client = await aClient(db);
    for (const handle of ["a_b", "a.b", "ab", "b1", "a0", "zz"]) await aCreator(db, client, { handle });

    expect(await walk(client, { limit: 2 })).toEqual(["a.b", "a0", "a_b", "ab", "b1", "zz"]);
    expect(await walk(client, { limit: 4 })).toEqual(["a.b", "a0", "a_b", "ab", "b1", "zz"]);
  });

  it("goes by rank, ties together, creators without a rank last, there and back whatever the page's size", async () => {
    const client = await aClient(db);
    for (const [handle, gmv] of [
      ["third", 10],
      ["first", 90],
      ["second", 50],
    ] as const) {
      await aVideo(db, client, await aCreator(db, client, { handle }), { gmv });
    }
    await runSteps(db, client, "2026-11-10T09:00:00Z", recomputeTotals);
    for (const handle of ["new_1", "new_2", "new_3"]) await aCreator(db, client, { handle });

    for (const limit of [1, 2, 3, 4, 6]) {
      const handles = await walk(client, { sort: "rank", limit });
      expect(handles.slice(0, 3)).toEqual(["first", "second", "third"]);
      expect(handles.slice(3).toSorted()).toEqual(["new_1", "new_2", "new_3"]);
    }
  });

  it("finds every handle with a part, rare or common, of one tier or all, whatever the statistics and the neighbours", async () => {
    const words = ["olive", "petal", "_", ".", "ol", "tal_olive"];
    const handles = Array.from({ length: 343 }, (_, n) =>
      [n % 7, Math.floor(n / 7) % 7, Math.floor(n / 49)]
        .map((at) => words[at] ?? "x")
        .join("")
        .concat(String(n)),
    );
    const clients = await Promise.all([handles, handles.slice(0, 100)].map((some) => aClientOf(some)));
    const parts = ["olive_petal", "petal.ol", "tal_olive", "_._", "ol", "x3", "xx34", "olivepetal12", "nobody_has_it"];
    for (const isAnalyzed of [false, true]) {
      if (isAnalyzed) await withOwner(db, (connection) => connection.query("analyze users, eligibility_counts"));
      for (const { client, creators } of clients) {
        for (const [q, tier] of parts.flatMap((part) => [[part], [part, "tier_2"]] as const)) {
          const hits = creators.filter(
            (one) =>
              (q.length < 3 ? one.handle.startsWith(q) : one.handle.includes(q)) &&
              [undefined, one.tier].includes(tier),
          );
          expect(await walk(client, { q, tier, limit: 20 })).toEqual(hits.map(({ handle }) => handle).toSorted());
        }
      }
    }
  });

  it("may be a little old only where that is said", async () => {
    const client = await aClient(db);
    await aCreator(db, client);
    const copied = withStandIn(db);
    const caller = await callerAs(copied, "viewer", client);
    const fromReplica = () => copied.replica.reads.get("replica") ?? 0;
    for (const sort of ["handle", "rank"] as const) {
      expect(await caller.creators.list({ clientId: client, sort })).toMatchObject({ rows: [{}], asOf: null });
    }
    expect(await caller.creators.count({ clientId: client })).toBe(1);
    expect(fromReplica()).toBe(0);
    const old = await caller.creators.list({ clientId: client, mayBeStale: true });
    expect([old.rows.length, old.asOf]).toEqual([1, expect.any(Date)]);
    expect(await caller.creators.count({ clientId: client, mayBeStale: true })).toBe(1);
    expect(fromReplica()).toBe(2);
    await copied.close();
  });

  it.each([
    ["a prefix of one or two letters", "ma", ["ma_ria", "maqria", "maxima"]],
    ["a part of three letters and more anywhere", "xim", ["maxima"]],
    ["an underscore for itself, which its index reads as a q", "a_r", ["ma_ria"]],
    ["the letter q", "aqr", ["maqria"]],
    ["a capital and a leading @", "@MAX", ["maxima"]],
    ["a percent sign, which no handle has", "%", []],
    ["blanks as no search", "  ", ["dora", "ma_ria", "maqria", "maxima"]],
  ])("is searched by %s", async (_what, q, handles) => {
    const client = await aClient(db);
    for (const handle of ["maxima", "ma_ria", "maqria", "dora"]) await aCreator(db, client, { handle });
    const caller = await callerAs(db, "viewer", client);

    expect(await walk(client, { q })).toEqual(handles);
    expect(await caller.creators.count({ clientId: client, q })).toBe(handles.length);
  });

  it("is filtered by tier, known or not", async () => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "amy", tier: "tier_2" });
    await aCreator(db, client, { handle: "bob", tier: "legendary" });
    const caller = await callerAs(db, "viewer", client);

    const [silver, unknown] = await Promise.all(
      ["tier_2", "legendary"].map((tier) => caller.creators.list({ clientId: client, tier })),
    );

    expect(silver!.rows).toMatchObject([
      { handle: "amy", tierId: "tier_2", tierName: "Silver", rank: null, totalSales: "0" },
    ]);
    expect(unknown!.rows).toMatchObject([{ handle: "bob", tierId: "legendary", tierName: null }]);
  });

  it.each(["nonsense", "WzEsMl0", "WyJ4Iiw1XQ"])("refuses the cursor %s", async (after) => {
    const client = await aClient(db);
    const caller = await callerAs(db, "viewer", client);

    await expect(caller.creators.list({ clientId: client, sort: "rank", after })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("one creator", () => {
  it("is shown with sums, window and videos", async () => {
    const client = await aClient(db);
    const window = {
      tierAchievedAt: new Date("2026-10-01T04:00:00Z"),
      nextCheckpointAt: new Date("2027-02-01T05:00:00Z"),
    };
    const user = await aCreator(db, client, { handle: "amy", tier: "tier_2", ...window });
    await aVideo(db, client, user, {
      postDate: "2026-11-01",
      gmv: "12.50",
      units: 2,
      views: 30,
      likes: 4,
      comments: 1,
    });
    await runSteps(db, client, "2026-11-10T09:00:00Z", recomputeTotals);
    const caller = await callerAs(db, "viewer", client);

    expect(await caller.creators.get({ clientId: client, userId: user })).toMatchObject({
      handle: "amy",
      rank: 1,
      totalSales: "12.50",
      totalUnits: 2,
      checkpointVideos: 1,
      checkpointViews: 30,
      checkpointLikes: 4,
      checkpointComments: 1,
      videos: 1,
      windowStart: window.tierAchievedAt,
      windowEnd: window.nextCheckpointAt,
      tierLog: [],
    });
  });

  it("of another client is not found", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const stranger = await aCreator(db, elsewhere);
    const caller = await callerAs(db, "viewer", client);

    await expect(caller.creators.get({ clientId: client, userId: stranger })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
