import fc from "fast-check";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, fileDay, importDay, importTables, mergeDay, storeDay } from "../../testing/day-files.ts";
import { exported } from "../../testing/exports.ts";
import { aSession, testHttp } from "../../testing/http.ts";
import { csvColumns } from "../schema.ts";
import type { CheckedRow, RowVerdict } from "./schema.ts";
import { rowVerdicts } from "./schema.ts";

const db = testDatabase();
const now = new Date(fileDay);
const operator = (client: ClientId) => callerAs(db, "operator", client, { now });
let app: FastifyInstance;
beforeAll(async () => {
  app = await testHttp(db);
});
afterAll(() => app.close());

async function everyRow(client: ClientId, importId: string, verdict: RowVerdict): Promise<CheckedRow[]> {
  const caller = await operator(client);
  const rows: CheckedRow[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await caller.imports.rows({
      clientId: client,
      importId,
      verdict,
      limit: 2,
      ...(after ? { after } : {}),
    });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

describe("the check of a file", () => {
  it("lists every row under its verdict, with what would change", async () => {
    const client = await aClient(db);
    await importDay(db, client, dayFile([{ Video: "1", GMV: "9.50" }, { Video: "2" }]));
    const importId = await storeDay(
      db,
      client,
      dayFile([
        { Video: "1", GMV: "9.5", Views: "12", "Post Date": "2026-11-17", "Video Title": "B, c" },
        { Video: "2", CTR: "2.270" },
        { Video: "3" },
        { Video: "4", Handle: "@Tom" },
        { Video: "3", Views: "11" },
        { Video: "5", Views: "1.2K" },
      ]),
    );
    const caller = await operator(client);
    const { counts } = await caller.imports.check({ clientId: client, importId });
    expect(counts).toEqual({ rows: 6, created: 2, updated: 1, unchanged: 1, duplicate: 1, rejected: 1 });
    const lists = Object.fromEntries(
      await Promise.all(
        rowVerdicts.map(async (verdict) => [verdict, await everyRow(client, importId, verdict)] as const),
      ),
    ) as Record<RowVerdict, CheckedRow[]>;
    for (const verdict of rowVerdicts) expect(lists[verdict]).toHaveLength(counts[verdict]);
    expect(lists.updated[0]).toMatchObject({
      line: 2,
      handle: "maria",
      sentHandle: null,
      changes: [
        { column: "Views", old: "10", new: "12" },
        { column: "Post Date", old: "2026-11-18", new: "2026-11-17" },
        { column: "Video Title", old: "A title", new: "B, c" },
      ],
    });
    expect(lists.created.map(({ line, handle }) => [line, handle])).toEqual([
      [5, "tom"],
      [6, "maria"],
    ]);
    expect(lists.duplicate).toMatchObject([{ line: 4, countedLine: 6, changes: [] }]);
    expect(await importTables(db, client)).toMatchObject({ users: 1, videos: 2, rejects: 0 });

    const { rows } = await exported(db, client, "checked-rows", { importId, verdict: "updated" });
    expect(rows[0]!["Changes"]).toBe(
      "Views: 10 -> 12; Post Date: 2026-11-18 -> 2026-11-17; Video Title: A title -> B, c",
    );
  });

  it("names the creators who would be created, each with a known one it looks like", async () => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "glow.with.tess" });
    const importId = await storeDay(
      db,
      client,
      dayFile([
        { Handle: "glowwithtess", Video: "1", "Post Date": "2026-11-15" },
        { Handle: "glowwithtess", Video: "2" },
        { Handle: "zoe", Video: "3" },
        { Handle: "nobody", Video: "4", Views: "?" },
      ]),
    );
    const caller = await operator(client);
    const first = await caller.imports.newCreators({ clientId: client, importId, limit: 1 });
    expect(first.rows).toMatchObject([
      { handle: "glowwithtess", rows: 2, videos: 2, firstPost: "2026-11-15", resembles: { handle: "glow.with.tess" } },
    ]);
    const second = await caller.imports.newCreators({ clientId: client, importId, limit: 1, after: first.next! });
    expect(second.rows).toMatchObject([{ handle: "zoe", resembles: null }]);
    const { rows } = await exported(db, client, "new-creators", { importId });
    expect(rows.map((row) => [row["Creator"], row["Looks like"]])).toEqual([
      ["glowwithtess", "glow.with.tess"],
      ["zoe", ""],
    ]);
  });

  it("is no longer to be had once the file was imported", async () => {
    const client = await aClient(db);
    const importId = await storeDay(db, client, dayFile([{}]));
    await mergeDay(db, client, importId);
    const caller = await operator(client);
    const input = { clientId: client, importId };
    await expect(caller.imports.rows({ ...input, verdict: "created" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(caller.imports.newCreators(input)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a file that is to go in whole or not at all", () => {
  const broken = dayFile([{ Video: "1" }, { Video: "2", Views: "1.2K" }]);

  it("changes nothing with one rejected row, and takes the valid ones when asked for them", async () => {
    const client = await aClient(db);
    const importId = await storeDay(db, client, broken);
    const setAll = (isAll: boolean) =>
      asOwner(db, (owner) =>
        owner.execute(sql`update imports set all_or_nothing = ${isAll} where client_id = ${client}::uuid`),
      );
    await setAll(true);
    await expect(mergeDay(db, client, importId)).rejects.toMatchObject({
      code: "file_refused",
      message: expect.stringContaining("1 of 2 rows is rejected") as string,
    });
    expect(await importTables(db, client)).toMatchObject({ users: 0, videos: 0, rejects: 0, imports: 1 });
    await setAll(false);
    expect((await mergeDay(db, client, importId)).counts).toMatchObject({ created: 1, rejected: 1 });
  });

  it("is chosen where the run is started, and asked anew each time", async () => {
    const client = await aClient(db);
    const caller = await operator(client);
    const importId = await storeDay(db, client, broken);
    const choices: boolean[] = [];
    for (const allOrNothing of [true, undefined]) {
      const run = await caller.sync.start({ clientId: client, importId, ...(allOrNothing ? { allOrNothing } : {}) });
      await caller.sync.cancel({ clientId: client, runId: run.runId });
      const [row] = await asOwner(db, (owner) =>
        owner.query<{ isAll: boolean }>(
          sql`select all_or_nothing as "isAll" from imports where client_id = ${client}::uuid`,
        ),
      );
      choices.push(row!.isAll);
    }
    expect(choices).toEqual([true, false]);
  });
});

describe("the rejected rows", () => {
  const download = async (client: ClientId, importId: string) => {
    const cookie = await aSession(db, app, client, "viewer");
    const url = `/api/clients/${client}/imports/${importId}/rejected.csv`;
    return (await app.inject({ url, headers: { cookie } })).body;
  };

  it("come back corrected as the file that went out, and go in", async () => {
    const client = await aClient(db);
    const importId = await storeDay(
      db,
      client,
      dayFile([
        { Video: "1" },
        { Handle: "@Tom", Video: "2", Views: "1.2K", "Video Title": '=SUM(A1), "quoted"\nnext' },
        { Handle: "@ann.a", Video: "3", Views: "1.2K", "Video Title": "'=kept" },
      ]),
    );
    const csv = await download(client, importId);
    expect(csv.split("\r\n")[0]).toBe(`\uFEFFLine,Column,Code,Reason,${csvColumns.join(",")}`);
    await mergeDay(db, client, importId);

    const corrected = await storeDay(db, client, csv.replaceAll(/(,[23]),1\.2K,/g, "$1,1200,"), {
      name: "rejected.csv",
    });
    const caller = await operator(client);
    const check = await caller.imports.check({ clientId: client, importId: corrected });
    expect(check.counts).toMatchObject({ rows: 2, created: 2, rejected: 0 });
    expect(check.import.extraColumns).toEqual([]);
    await mergeDay(db, client, corrected);
    const titles = await asOwner(db, (owner) =>
      owner.query<{ title: string }>(sql`
        select v.video_title as title from videos v where v.client_id = ${client}::uuid and v.video_key in ('2', '3') order by v.video_key`),
    );
    expect(titles.map(({ title }) => title)).toEqual(['=SUM(A1), "quoted"\nnext', "'=kept"]);
  });

  it("come back whole, whatever was in their cells", async () => {
    const client = await aClient(db);
    const cell = fc.string({ unit: fc.constantFrom(...Array.from("='+-@ab1,\" \t\n💄")), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cell, cell, async (title, handle) => {
        const importId = await storeDay(db, client, dayFile([{ Handle: handle, Views: "?", "Video Title": title }]));
        const caller = await operator(client);
        const before = await caller.imports.check({ clientId: client, importId });
        const again = await storeDay(db, client, await download(client, importId));
        const after = await caller.imports.check({ clientId: client, importId: again });
        expect(after.byCode).toEqual(before.byCode);
        expect(await download(client, again)).toBe(await download(client, importId));
      }),
      { numRuns: 3 },
    );
  });
});

describe("the check of a large file", () => {
  it("tells how far it is, and can be stopped from anywhere: nothing stays", async () => {
    const client = await aClient(db);
    await aVideo(db, client, await aCreator(db, client), { key: "held" });
    const importId = await storeDay(
      db,
      client,
      dayFile(Array.from({ length: 30_000 }, (_, index) => ({ Video: String(index + 1) }))),
    );
    const caller = await operator(client);
    const input = { clientId: client, importId };
    expect(await caller.imports.checkProgress(input)).toBeNull();
    expect(await caller.imports.cancelCheck(input)).toEqual({ kind: "nothing" });

    const check = caller.imports.check(input).catch((error: unknown) => error);
    const other = await operator(client);
    let seen = await other.imports.checkProgress(input);
    while (seen === null) seen = await other.imports.checkProgress(input);
    expect(["reading", "judging"]).toContain(seen.phase);
    expect(await other.imports.cancelCheck(input)).toEqual({ kind: "cancelled" });
    expect(await check).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(await importTables(db, client)).toMatchObject({ users: 1, videos: 1, rejects: 0 });

    expect((await caller.imports.check(input)).counts).toMatchObject({ rows: 30_000, created: 30_000 });
  });
});
