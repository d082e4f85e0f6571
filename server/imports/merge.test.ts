import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSteps } from "../testing/steps.ts";
import { aClient, aCreator, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, fileDay, importDay, importTables, mergeDay, storeDay, videosOf } from "../testing/day-files.ts";
import type { DayRow } from "../testing/day-files.ts";
import { creatorOf } from "../testing/steps.ts";
import type { ClientId, UserId } from "../base/ids.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import { checkImport } from "./check/service.ts";
import { stageImport } from "./stage.ts";
import { mergeImport } from "./merge.ts";
import { getImport } from "./history/service.ts";

const db = testDatabase();

function userOf(client: ClientId, handle: string): Promise<UserId> {
  return asOwner(db, async (owner) => {
    const [row] = await owner.query<{ id: UserId }>(
      sql`select id from users where client_id = ${client}::uuid and tiktok_handle = ${handle}`,
    );
    return row!.id;
  });
}

async function hasImported(client: ClientId): Promise<boolean> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ yes: boolean }>(sql`select has_imported as yes from clients where id = ${client}::uuid`),
  );
  return rows[0]!.yes;
}

/** The same handle, noting the plan of each statement before it runs. */
function explaining(tx: Db, plans: string[]): Db {
  const note = async (statement: Sql) => {
    if (!/^\s*(?:with|insert|update|delete)/.test(statement.text)) return;
    const lines = await tx.query<{ "QUERY PLAN": string }>(sql`explain ${statement}`);
    plans.push(lines.map((line) => line["QUERY PLAN"]).join("\n"));
  };
  return {
    async query<Row extends object>(statement: Sql) {
      await note(statement);
      return tx.query<Row>(statement);
    },
    async execute(statement) {
      await note(statement);
      return tx.execute(statement);
    },
  };
}

describe("a clean day and the next", () => {
  const monday: DayRow[] = [
    { Handle: "maria", Video: "https://www.tiktok.com/@maria/video/1", "Post Date": "2026-11-10" },
    { Handle: "maria", Video: "https://www.tiktok.com/@maria/video/2", "Post Date": "2026-11-02" },
    { Handle: "@Tom", Video: "https://www.tiktok.com/@tom/video/3" },
  ];
  const tuesday: DayRow[] = [
    { ...monday[0], Views: "11" },
    { ...monday[1], Video: "https://www.tiktok.com/@maria.new/video/2" },
    { ...monday[2], "Video Title": "Another title" },
    { Handle: "maria", Video: "4", "Post Date": "2026-11-19" },
  ];

  it("come in: what is new is inserted, what differs is updated, what is the same is left alone", async () => {
    const client = await aClient(db);
    expect(await importDay(db, client, dayFile(monday))).toEqual({
      rowsIn: 3,
      rowsOut: 3,
      skipped: {},
      counts: { rows: 3, created: 3, updated: 0, unchanged: 0, duplicate: 0, rejected: 0, creatorsCreated: 2 },
      message: "3 new, 0 changed, 0 same, 0 duplicate, 0 rejected",
      warnings: 0,
    });
    const before = await videosOf(db, client);
    expect(before.map(({ key, handle, line }) => [key, handle, line])).toEqual([
      ["1", "maria", 2],
      ["2", "maria", 3],
      ["3", "tom", 4],
    ]);

    const id = await storeDay(db, client, dayFile(tuesday));
    const outcome = await mergeDay(db, client, id);
    expect(outcome.counts).toMatchObject({ rows: 4, created: 1, updated: 2, unchanged: 1, creatorsCreated: 0 });
    expect(outcome.skipped).toEqual({ unchanged: 1 });
    const after = await videosOf(db, client);
    expect(after[0]).toMatchObject({ views: 11, importId: id, line: 2 });
    // Only the address differs: it is the last seen, and nothing else has changed.
    expect(after[1]).toEqual({ ...before[1], url: "https://www.tiktok.com/@maria.new/video/2" });
    expect(after[2]).toMatchObject({ title: "Another title", importId: id, line: 4 });
    expect(await getImport(db, client, id)).toMatchObject({
      status: "imported",
      counts: { rows: 4, created: 1, updated: 2, unchanged: 1, duplicate: 0, rejected: 0 },
      newestPost: "2026-11-19",
      importedAt: new Date(fileDay),
    });
    expect(await importTables(db, client)).toMatchObject({ staged: 0, imports: 2, audit: 4, rejects: 0 });
  });

  it("keep the figures of a video that is missing, and count a value that is written differently as the same", async () => {
    const client = await aClient(db);
    await importDay(db, client, dayFile(monday));
    const outcome = await importDay(db, client, dayFile([{ ...monday[0], GMV: "$9.5", Views: "0010", CTR: "2.270%" }]));
    expect(outcome.counts).toMatchObject({ rows: 1, unchanged: 1 });
    expect(await videosOf(db, client)).toHaveLength(3);
  });

  it("note the first import, after which the metric is final", async () => {
    const client = await aClient(db);
    await importDay(db, client, dayFile([]));
    expect(await hasImported(client)).toBe(false);
    await importDay(db, client, dayFile(monday));
    expect(await hasImported(client)).toBe(true);
  });
});

describe("a new creator", () => {
  it("starts at the lowest tier, with the earliest accepted post date and no checkpoint where the tier is exempt", async () => {
    const client = await aClient(db);
    await importDay(
      db,
      client,
      dayFile([
        { Video: "1", "Post Date": "2026-11-10" },
        { Video: "2", "Post Date": "2026-07-02" },
        // rejected: does not count
        { Video: "3", "Post Date": "2026-06-01", Views: "N/A" },
      ]),
    );
    const maria = await creatorOf(db, client, await userOf(client, "maria"));
    expect(maria).toMatchObject({ tier: "tier_1", since: "2026-07-02T04:00:00.000Z", next: null });
  });

  it.each([
    ["four months ahead by the calendar of New York", {}, "2026-10-31T13:30:00Z", "2027-02-28T14:30:00.000Z"],
    ["across a clock change", { checkpointMonths: 1 }, "2026-10-15T13:30:00Z", "2026-11-15T14:30:00.000Z"],
    ["never for a lifetime client", { tierCalculationMode: "lifetime" as const }, "2026-10-31T13:30:00Z", null],
  ])("of a lowest tier that is judged has its checkpoint %s", async (_, options, now, next) => {
    const client = await aClient(db, options);
    await asOwner(db, (owner) =>
      owner.execute(sql`update tiers set checkpoint_exempt = false where client_id = ${client}::uuid`),
    );
    await importDay(db, client, dayFile([{ "Post Date": "2026-10-01" }]), now);
    expect(await creatorOf(db, client, await userOf(client, "maria"))).toMatchObject({ next });
  });

  it("is made of accepted rows only, once, and not at all where the handle is known", async () => {
    const client = await aClient(db);
    const known = await aCreator(db, client, { handle: "maria", tier: "tier_3" });
    await aVideo(db, client, known, { key: "1" });
    const { counts } = await importDay(
      db,
      client,
      dayFile([
        { Handle: "thief", Video: "1" },
        { Handle: "clumsy", Video: "2", Views: "1.2K" },
        { Handle: "maria", Video: "3" },
        { Handle: "@NEW", Video: "4" },
        { Handle: "new", Video: "5" },
      ]),
    );
    expect(counts).toMatchObject({ created: 3, rejected: 2, creatorsCreated: 1 });
    expect(await importTables(db, client)).toMatchObject({ users: 2 });
    expect(await creatorOf(db, client, known)).toMatchObject({ tier: "tier_3" });
  });
});

describe("one video, several rows", () => {
  it("belongs to the first accepted handle; of its rows the last wins and the others are duplicates", async () => {
    const client = await aClient(db);
    const outcome = await importDay(
      db,
      client,
      dayFile([
        { Handle: "!", Video: "1" },
        { Handle: "first", Video: "1", Views: "N/A" },
        { Handle: "second", Video: "https://www.tiktok.com/@s/video/1", Views: "5", "Post Date": "2026-11-01" },
        { Handle: "third", Video: "1", Views: "6" },
        { Handle: "second", Video: "1", Views: "7", "Post Date": "2026-11-05" },
        { Handle: "third", Video: "1", Views: "8" },
      ]),
    );
    expect(outcome.skipped).toEqual({ duplicate: 1, handle_invalid: 1, number_invalid: 1, video_owned: 2 });
    expect(outcome.counts).toMatchObject({ rows: 6, created: 1, duplicate: 1, rejected: 4, creatorsCreated: 1 });
    expect(outcome.warnings).toBe(1);
    expect(await videosOf(db, client)).toMatchObject([
      { key: "1", handle: "second", views: 7, line: 6, postDate: "2026-11-05" },
    ]);
    // Both rows were accepted: the earliest date of the creator is the first one's.
    const second = await creatorOf(db, client, await userOf(client, "second"));
    expect(second.since).toBe("2026-11-01T04:00:00.000Z");
  });

  it("is updated by the last of its rows, and unchanged where that one says what is known", async () => {
    const client = await aClient(db);
    await importDay(
      db,
      client,
      dayFile([
        { Video: "1", Views: "5" },
        { Video: "2", Views: "5" },
      ]),
    );
    const { counts } = await importDay(
      db,
      client,
      dayFile([
        { Video: "1", Views: "6" },
        { Video: "1", Views: "5" },
        { Video: "2", Views: "5" },
        { Video: "2", Views: "6" },
      ]),
    );
    expect(counts).toMatchObject({ rows: 4, updated: 1, unchanged: 1, duplicate: 2 });
    expect((await videosOf(db, client)).map(({ views }) => views)).toEqual([5, 6]);
  });

  it("does not change hands: another creator's row is rejected and says whose it is", async () => {
    const client = await aClient(db);
    await importDay(db, client, dayFile([{ Handle: "maria", Video: "1" }]));
    await importDay(db, client, dayFile([{ Handle: "tom", Video: "1", Views: "99" }]));
    expect(await videosOf(db, client)).toMatchObject([{ handle: "maria", views: 10 }]);
    expect(await importTables(db, client)).toMatchObject({ users: 1, rejects: 1 });
  });

  it("of another client is simply another video", async () => {
    const [mine, theirs] = [await aClient(db), await aClient(db)];
    await importDay(db, theirs, dayFile([{ Handle: "tom", Video: "1", Views: "99" }]));
    await importDay(db, mine, dayFile([{ Handle: "maria", Video: "1" }]));
    expect(await videosOf(db, theirs)).toMatchObject([{ handle: "tom", views: 99 }]);
    expect(await videosOf(db, mine)).toMatchObject([{ handle: "maria", views: 10 }]);
  });
});

describe("a merge", () => {
  it("of a file without rows changes nothing and says so", async () => {
    const client = await aClient(db, { tiers: [] });
    for (const content of ["", dayFile([])]) {
      expect(await importDay(db, client, content)).toMatchObject({
        message: "The file has no rows.",
        rowsIn: 0,
        warnings: 0,
      });
    }
    expect(await importTables(db, client)).toMatchObject({ users: 0, videos: 0 });
  });

  it("is refused for a client without tiers and can be done once there are some", async () => {
    const client = await aClient(db, { tiers: [] });
    const id = await storeDay(db, client, dayFile([{}]));
    await expect(mergeDay(db, client, id)).rejects.toMatchObject({
      code: "file_refused",
      details: { code: "no_tiers" },
    });
    expect(await importTables(db, client)).toMatchObject({ users: 0, videos: 0, staged: 1 });
    await asOwner(db, (owner) =>
      owner.execute(
        sql`insert into tiers (client_id, tier_id, tier_order, tier_name) values (${client}::uuid, 'tier_2', 5, 'Only')`,
      ),
    );
    expect((await mergeDay(db, client, id)).counts).toMatchObject({ created: 1 });
    expect(await creatorOf(db, client, await userOf(client, "maria"))).toMatchObject({ tier: "tier_2" });
  });

  it("happens once", async () => {
    const client = await aClient(db);
    const id = await storeDay(db, client, dayFile([{}]));
    await mergeDay(db, client, id);
    await expect(mergeDay(db, client, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(runSteps(db, client, fileDay, (tx, step) => mergeImport(tx, step, id))).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("leaves everything as it was when its transaction is rolled back, and can be repeated", async () => {
    const client = await aClient(db);
    const id = await storeDay(db, client, dayFile([{ Video: "1" }, { Video: "2", Views: "N/A" }]));
    await checkImport(db, client, id, new Date(fileDay));
    const before = await importTables(db, client);
    await expect(
      runSteps(db, client, fileDay, async (tx, step) => {
        await mergeImport(tx, step, id);
        throw new Error("the next step failed");
      }),
    ).rejects.toThrow("the next step failed");
    expect(await importTables(db, client)).toEqual(before);
    expect((await mergeDay(db, client, id)).counts).toMatchObject({ created: 1, rejected: 1 });
  });

  it("joins whole sets and has read a table before it fills it, although the planner thinks that there is nothing", async () => {
    const client = await aClient(db);
    const id = await storeDay(db, client, dayFile([{ Video: "1" }, { Video: "2", Views: "N/A" }]));
    await stageImport(db, client, id, { now: new Date(fileDay) });
    // What an import leaves behind that was rolled back and then looked at by autovacuum: pages without rows.
    await asOwner(db, (owner) => owner.execute(sql`analyze users, videos, import_rows`));
    const plans: string[] = [];
    await runSteps(db, client, fileDay, (tx, step) => mergeImport(explaining(tx, plans), step, id));

    expect(plans.filter((plan) => plan.includes("Nested Loop"))).toEqual([]);
    expect(plans.find((plan) => plan.startsWith("Insert on videos"))).not.toMatch(/ on videos v/);
    // Below a sort, which has all of its rows before it gives the first.
    expect(plans.find((plan) => plan.startsWith("Insert on users"))).toMatch(/ Sort .* on users u/s);
  });

  it("does nothing with rows that a crash has swept from staging", async () => {
    const client = await aClient(db);
    const id = await storeDay(db, client, dayFile([{}]));
    await expect(runSteps(db, client, fileDay, (tx, step) => mergeImport(tx, step, id))).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});

describe("any two files", () => {
  const cell = <T>(...values: T[]) => fc.constantFrom(...values);
  const anyRow: fc.Arbitrary<DayRow> = fc.record({
    Handle: cell("ann", "@Ann", "bob", "cy", "x", ""),
    Video: cell("1", "2", "3", "/video/3", "4", ""),
    Views: cell("0", "1", "1,000", "1.2K", "-1", ""),
    GMV: cell("1", "$1.00", "2.5", "-1"),
    "Post Date": cell("2026-11-01", "2026-11-02T02:00:00Z", "2027-01-01", "soon"),
    "Video Title": cell("a", "b,\nc", '"', "\\N", "a\\tb\tc", "{}"),
  });

  it("add up, are predicted by the check, and change nothing when they come again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 25 }), fc.array(anyRow, { maxLength: 25 }), async (one, two) => {
        const client = await aClient(db);
        for (const rows of [one, two]) {
          const content = dayFile(rows);
          const id = await storeDay(db, client, content);
          const check = await checkImport(db, client, id, new Date(fileDay));
          const before = await importTables(db, client);
          const { counts, skipped, rowsIn, rowsOut } = await mergeDay(db, client, id);

          expect(counts).toEqual({ ...check.counts, creatorsCreated: check.newCreators.count });
          expect(rowsIn).toBe(rows.length);
          expect(rowsOut + Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
          const after = await importTables(db, client);
          expect(after.videos).toBe(before.videos + check.counts.created);
          expect(after.users).toBe(before.users + check.newCreators.count);
          expect(after.rejects).toBe(before.rejects + check.counts.rejected);

          const standing = await videosOf(db, client);
          const again = await importDay(db, client, content);
          expect(again.counts).toMatchObject({
            created: 0,
            updated: 0,
            creatorsCreated: 0,
            unchanged: check.counts.created + check.counts.updated + check.counts.unchanged,
            duplicate: check.counts.duplicate,
            rejected: check.counts.rejected,
          });
          expect(await videosOf(db, client)).toEqual(standing);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
