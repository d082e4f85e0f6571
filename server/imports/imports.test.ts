import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, aCreator, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, fileDay, importDay, importTables, mergeDay, storeDay } from "../testing/day-files.ts";
import { bytesInUse } from "../testing/memory.ts";
import { auditOf } from "../testing/runs.ts";
import { csvColumns } from "./schema.ts";
import type { CsvColumn } from "./schema.ts";
import { stageImport } from "./stage.ts";
import { sweepImportFiles } from "./store.ts";

const db = testDatabase();
const now = new Date(fileDay);
const operator = (client: ClientId) => callerAs(db, "operator", client, { now });
const nothing = { imports: 0, files: 0, staged: 0, rejects: 0, audit: 0, users: 0, videos: 0 };

/** A day as exports really look: every peculiarity once. */
const messyHeader = `\uFEFF${[...csvColumns.toReversed(), "Campaign"].join(",")}`;
const tidy: Record<CsvColumn, string> = {
  Handle: "maria",
  Video: "74001",
  Views: "10",
  Likes: "2",
  Comments: "1",
  GMV: "9.50",
  CTR: "2.27",
  "Units Sold": "3",
  "Post Date": "2026-11-18",
  "Video Title": "A title",
};
function messyRow(cells: Partial<Record<CsvColumn, string>>): string {
  return [...csvColumns.toReversed().map((column) => cells[column] ?? tidy[column]), "autumn"].join(",");
}
const messyDay = [
  messyHeader,
  "",
  messyRow({ Handle: "@MARIA", Video: "https://www.tiktok.com/@maria/video/1", Views: '"1,418"', GMV: '"$1,280.47"' }),
  messyRow({ Video: "2", "Video Title": '"Under $25,\r\nlink in bio ""today"" 💄"', Likes: "" }),
  "   ",
  messyRow({ Video: "3", "Post Date": "2026-11-19T02:30:00+02:00", CTR: "2.27%" }),
  messyRow({ Video: "3", Views: "11" }),
  messyRow({ Handle: "tom", Video: "3" }),
  messyRow({ Handle: "tom", Video: "held" }),
  messyRow({ Handle: "", Video: "4" }),
  messyRow({ Video: "" }),
  messyRow({ Video: "5", Views: "1.2K" }),
  messyRow({ Video: "6", Likes: "3.9" }),
  messyRow({ Video: "7", GMV: "($50.00)" }),
  messyRow({ Video: "8", Views: "-5" }),
  messyRow({ Video: "9", "Post Date": "2026-11-25" }),
  messyRow({ Video: "10", "Video Title": "a\0b" }),
  "A title,2026-11-18,3",
  `${messyRow({ Video: "11" })},more`,
  "",
].join("\r\n");

async function aClientWithAHeldVideo() {
  const client = await aClient(db);
  await aVideo(db, client, await aCreator(db, client, { handle: "holder" }), { key: "held" });
  return client;
}

describe("a messy day", () => {
  it("is checked to the row, and imported as the check said", async () => {
    const client = await aClientWithAHeldVideo();
    const caller = await operator(client);
    const importId = await storeDay(db, client, messyDay, { name: "20 Nov.csv" });

    const check = await caller.imports.check({ clientId: client, importId });
    expect(check.counts).toEqual({ rows: 16, created: 3, updated: 0, unchanged: 0, duplicate: 1, rejected: 12 });
    expect(check.byCode.map(({ code, column, rows }) => `${code} ${column} ${rows}`).toSorted()).toEqual([
      "date_future Post Date 1",
      "handle_invalid Handle 1",
      "number_invalid Likes 1",
      "number_invalid Views 1",
      "number_negative GMV 1",
      "number_negative Views 1",
      "row_too_long Handle 1",
      "row_too_short CTR 1",
      "title_invalid Video Title 1",
      "video_missing Video 1",
      "video_owned Video 2",
    ]);
    expect(check).toMatchObject({
      checkedAt: now,
      newCreators: { count: 1, sample: ["maria"] },
      newestPost: "2026-11-18",
      refusal: null,
      sameAs: null,
      previous: null,
      import: { fileName: "20 Nov.csv", status: "stored", counts: null, extraColumns: ["Campaign"], runNumber: null },
    });
    expect(await importTables(db, client)).toMatchObject({ users: 1, videos: 1, rejects: 0 });

    const { counts } = await mergeDay(db, client, importId);
    expect(counts).toEqual({ ...check.counts, creatorsCreated: 1 });
  });

  it("shows the same rejected rows before and after the import, with line, value and a sentence", async () => {
    const client = await aClientWithAHeldVideo();
    const caller = await operator(client);
    const importId = await storeDay(db, client, messyDay);
    const before = await caller.imports.rejected({ clientId: client, importId });
    expect(before.rows.map(({ line, code }) => [line, code])).toEqual([
      [9, "video_owned"],
      [10, "video_owned"],
      [11, "handle_invalid"],
      [12, "video_missing"],
      [13, "number_invalid"],
      [14, "number_invalid"],
      [15, "number_negative"],
      [16, "number_negative"],
      [17, "date_future"],
      [18, "title_invalid"],
      [19, "row_too_short"],
      [20, "row_too_long"],
    ]);
    expect(before.rows[0]).toMatchObject({ handle: "tom", column: "Video", reason: expect.stringContaining("@maria") });
    expect(before.rows[1]).toMatchObject({ value: "held", reason: expect.stringContaining("@holder") });
    expect(before.rows[4]).toEqual({
      line: 13,
      handle: "maria",
      column: "Views",
      value: "1.2K",
      code: "number_invalid",
      reason: 'Views is "1.2K", which is not a whole number such as 1200 or 1,200.',
    });

    await mergeDay(db, client, importId);
    expect(await caller.imports.rejected({ clientId: client, importId })).toEqual(before);
    const first = await caller.imports.rejected({ clientId: client, importId, limit: 5 });
    const second = await caller.imports.rejected({ clientId: client, importId, limit: 5, after: first.next! });
    expect([...first.rows, ...second.rows]).toEqual(before.rows.slice(0, 10));
    const back = await caller.imports.rejected({ clientId: client, importId, limit: 5, before: second.previous! });
    expect(back.rows).toEqual(first.rows);
    expect(await caller.imports.rejectedCount({ clientId: client, importId })).toBe(12);
    expect(await caller.imports.rejectedCount({ clientId: client, importId, code: "number_negative" })).toBe(2);
    const ofViews = await caller.imports.rejected({ clientId: client, importId, column: "Views" });
    expect(ofViews.rows.map(({ line }) => line)).toEqual([13, 16]);
  });

  it("keeps the ten cells of rejected rows as they came, in the order of the columns", async () => {
    const client = await aClientWithAHeldVideo();
    await importDay(db, client, messyDay);
    const rows = await asOwner(db, (owner) =>
      owner.query<{ line: number; cells: string[] }>(sql`
        select line::int as line, cells from import_rejects where client_id = ${client}::uuid order by line`),
    );
    const cells = new Map(rows.map((row) => [row.line, row.cells]));
    expect(cells.get(15)).toEqual(csvColumns.map((column) => ({ ...tidy, Video: "7", GMV: "($50.00)" })[column]));
    expect(cells.get(18)!.at(-1)).toBe("a\uFFFDb");
    expect(cells.get(19)).toEqual(["", "", "", "", "", "", "", "3", "2026-11-18", "A title"]);
    expect(cells.get(10)).toEqual(["tom", "held", "10", "2", "1", "9.50", "2.27", "3", "2026-11-18", "A title"]);
  });
});

describe("a check", () => {
  it("tells of the same file imported before, and of the import before this one", async () => {
    const client = await aClient(db);
    const content = dayFile([{ Video: "1" }, { Video: "2" }]);
    await importDay(db, client, content, "2026-11-18T09:00:00Z");
    await importDay(db, client, dayFile([{ Video: "3", "Post Date": "2026-11-19" }]), "2026-11-19T09:00:00Z");
    const importId = await storeDay(db, client, content);
    const check = await (await operator(client)).imports.check({ clientId: client, importId });
    expect(check.sameAs).toMatchObject({ runNumber: null, at: new Date("2026-11-18T09:00:00Z") });
    expect(check.previous).toEqual({ rows: 1, newestPost: "2026-11-19", at: new Date("2026-11-19T09:00:00Z") });
    expect(check.counts).toMatchObject({ rows: 2, unchanged: 2 });
  });

  it("says that a client without tiers cannot import it", async () => {
    const client = await aClient(db, { tiers: [] });
    const importId = await storeDay(db, client, dayFile([{}]));
    const check = await (await operator(client)).imports.check({ clientId: client, importId });
    expect(check.refusal).toMatchObject({ code: "no_tiers", message: expect.stringContaining("no tiers") });
  });

  it("of a file without rows counts nothing", async () => {
    const client = await aClient(db, { tiers: [] });
    const importId = await storeDay(db, client, "");
    const check = await (await operator(client)).imports.check({ clientId: client, importId });
    expect(check).toMatchObject({ counts: { rows: 0, created: 0 }, byCode: [], newestPost: null, refusal: null });
  });

  it("fills staging again after a crash has emptied it, also when several ask at once", async () => {
    const client = await aClient(db);
    const importId = await storeDay(db, client, dayFile([{ Video: "1" }, { Video: "2", Views: "N/A" }]));
    const caller = await operator(client);
    const first = await caller.imports.check({ clientId: client, importId });
    await asOwner(db, (owner) => owner.execute(sql`delete from import_rows where client_id = ${client}::uuid`));

    const again = await Promise.all([1, 2, 3, 4, 5, 6].map(() => caller.imports.check({ clientId: client, importId })));
    for (const check of again) expect(check).toEqual(first);
    expect(await importTables(db, client)).toMatchObject({ staged: 2 });
  });

  it("of an import that is over, or of another client's, says so", async () => {
    const [client, other] = [await aClient(db), await aClient(db)];
    const caller = await operator(client);
    const importId = await storeDay(db, client, dayFile([{}]));
    await mergeDay(db, client, importId);
    await expect(caller.imports.check({ clientId: client, importId })).rejects.toMatchObject({ code: "CONFLICT" });
    const foreign = await storeDay(db, other, dayFile([{}]));
    for (const id of [foreign, randomUUID()]) {
      for (const name of ["check", "get", "rejected", "rejectedCount", "discard"] as const) {
        await expect(caller.imports[name]({ clientId: client, importId: id })).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
      }
    }
  });
});

describe("the list of imports", () => {
  it("shows the newest first, page by page, and by status", async () => {
    const client = await aClient(db);
    for (const day of [16, 17, 18])
      await storeDay(db, client, dayFile([{}]), { name: `${day}.csv`, now: `2026-11-${day}T09:00:00Z` });
    await importDay(db, client, dayFile([{}]), "2026-11-19T09:00:00Z");
    const caller = await callerAs(db, "viewer", client);
    const first = await caller.imports.list({ clientId: client, limit: 2 });
    expect(first.rows.map(({ fileName }) => fileName)).toEqual(["day.csv", "18.csv"]);
    const second = await caller.imports.list({ clientId: client, limit: 2, after: first.next! });
    expect(second.rows.map(({ fileName }) => fileName)).toEqual(["17.csv", "16.csv"]);
    expect(await caller.imports.list({ clientId: client, limit: 2, before: second.previous! })).toMatchObject({
      rows: first.rows,
    });
    expect(await caller.imports.count({ clientId: client })).toBe(4);
    expect(await caller.imports.count({ clientId: client, status: "imported" })).toBe(1);
    const stored = await caller.imports.list({ clientId: client, status: "stored" });
    expect(stored.rows.every((row) => row.status === "stored" && row.counts === null)).toBe(true);
    await expect(caller.imports.list({ clientId: client, after: "nonsense" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("discarding", () => {
  it("lets go of the file and its staged rows, and keeps who did it", async () => {
    const client = await aClient(db);
    const caller = await operator(client);
    const importId = await storeDay(db, client, dayFile([{}]));
    await caller.imports.check({ clientId: client, importId });
    expect(await caller.imports.discard({ clientId: client, importId })).toMatchObject({ status: "discarded" });
    expect(await importTables(db, client)).toMatchObject({ imports: 1, files: 0, staged: 0 });
    expect(await auditOf(db, client)).toEqual(["import.stored", "import.discarded"]);
    await expect(caller.imports.discard({ clientId: client, importId })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(mergeDay(db, client, importId)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is refused while a run is taking the import", async () => {
    const client = await aClient(db);
    const importId = await storeDay(db, client, dayFile([{}]));
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into sync_runs (client_id, number, source, import_id, by_name)
        values (${client}::uuid, 7, 'manual', ${importId}::uuid, 'Ada')`),
    );
    await expect((await operator(client)).imports.discard({ clientId: client, importId })).rejects.toThrow(/Sync 7/);
  });
});

describe("a file that cannot be stored", () => {
  const header = csvColumns.join(",");
  const temporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith("muster-import-"));

  it.each<[string, string | Buffer, string]>([
    ["a ZIP archive", "PK\x03\x04 and so on", "not_csv"],
    ["an image", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), "not_csv"],
    ["UTF-16", Buffer.from(dayFile([{}]), "utf16le"), "wrong_encoding"],
    [
      "Latin-1 after a thousand good rows",
      Buffer.concat([
        Buffer.from(dayFile(Array.from({ length: 1000 }, (_, index) => ({ Video: `${index}` })))),
        Buffer.from("é", "latin1"),
      ]),
      "wrong_encoding",
    ],
    ["a missing column", dayFile([{}]).replace("Views", "View"), "column_missing"],
    ["a header twice", `${header},GMV\n`, "column_twice"],
    ["a line of 10 MB", `${header}\n${"x".repeat(10_000_000)}`, "line_too_long"],
  ])("because it is %s is refused, and nothing is written", async (_, content, code) => {
    const client = await aClient(db);
    await expect(storeDay(db, client, content)).rejects.toMatchObject({ code: "file_refused", details: { code } });
    expect(await importTables(db, client)).toEqual(nothing);
  });

  it("names what is missing and what is extra", async () => {
    const client = await aClient(db);
    await expect(storeDay(db, client, dayFile([{}]).replace("Views", "views"))).rejects.toMatchObject({
      details: { code: "column_missing", missing: ["Views"], extra: ["views"] },
    });
  });

  it("because it is too large is refused with the limit", async () => {
    const client = await aClient(db);
    const content = dayFile(Array.from({ length: 2_000 }, (_, index) => ({ Video: `${index}` })));
    await expect(storeDay(db, client, content, { limitBytes: 50_000 })).rejects.toMatchObject({ code: "too_large" });
    await storeDay(db, client, content, { limitBytes: Buffer.byteLength(content) });
    await expect(storeDay(db, client, content, { limitBytes: Buffer.byteLength(content) - 1 })).rejects.toMatchObject({
      code: "too_large",
    });
    expect(await importTables(db, client)).toMatchObject({ imports: 1 });
  });

  it("because the connection broke writes nothing and leaves no temporary file", async () => {
    const client = await aClient(db);
    const before = temporary();
    async function* cut() {
      yield Buffer.from(dayFile([{}, {}]));
      throw new Error("aborted");
    }
    await expect(storeDay(db, client, Readable.from(cut()))).rejects.toThrow("aborted");
    expect(await importTables(db, client)).toEqual(nothing);
    expect(temporary().filter((name) => !before.includes(name))).toEqual([]);
  });

  it("from the inbox is recorded, so that it counts as taken", async () => {
    const client = await aClient(db);
    await expect(storeDay(db, client, "PK\x03\x04", { source: "inbox", name: "x.csv" })).rejects.toMatchObject({
      code: "file_refused",
    });
    const [row] = (await (await operator(client)).imports.list({ clientId: client })).rows;
    expect(row).toMatchObject({
      status: "refused",
      fileName: "x.csv",
      refusal: { code: "not_csv", message: expect.stringContaining("ZIP") },
    });
    expect(await importTables(db, client)).toMatchObject({ imports: 1, files: 0, audit: 1 });
  });
});

describe("a stored file", () => {
  it("is kept as it came, gzipped, and named without folders or control characters", async () => {
    const client = await aClient(db);
    const importId = await storeDay(db, client, messyDay, { name: "C:\\exports\\..\\day\u0007\n20.csv" });
    const [file] = await asOwner(db, (owner) =>
      owner.query<{ name: string; bytes: Uint8Array; size: number }>(sql`
        select i.file_name as name, f.bytes, i.size_bytes::int as size
        from imports i join import_files f on f.client_id = i.client_id and f.import_id = i.id
        where i.client_id = ${client}::uuid and i.id = ${importId}::uuid and f.part = 0`),
    );
    expect(file!.name).toBe("day  20.csv");
    expect(gunzipSync(file!.bytes)).toEqual(Buffer.from(messyDay));
    expect(file!.size).toBe(Buffer.byteLength(messyDay));
  });

  it("goes after 30 days, and says so when it is asked for", async () => {
    const client = await aClient(db);
    const old = await storeDay(db, client, dayFile([{ Video: "1" }]), { now: "2026-10-20T09:00:00Z" });
    const young = await storeDay(db, client, dayFile([{ Video: "2" }]), { now: "2026-10-22T09:00:00Z" });
    await stageImport(db, client, old, { now });
    expect(await inClient(db, client, (tx) => sweepImportFiles(tx, client, now))).toBe(1);
    await expect(stageImport(db, client, old, { now })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("30 days"),
    });
    await stageImport(db, client, young, { now });
    expect(await importTables(db, client)).toMatchObject({ imports: 2, files: 1, staged: 1 });
  });

  it.each([4, 5])("of %i parts is read to its end", async (parts) => {
    const client = await aClient(db);
    // A part has 48 KB, and random bytes do not get smaller: each row adds 600.
    const rows = Math.floor(((parts - 0.5) * 48 * 1024) / 612);
    const title = () => randomBytes(600).toString("hex");
    async function* lines() {
      yield dayFile([]);
      for (let row = 0; row < rows; row += 1) yield `maria,${row},10,2,1,9.50,2.27,3,2026-11-18,${title()}\n`;
    }
    const importId = await storeDay(db, client, Readable.from(lines()));
    await stageImport(db, client, importId, { now });
    const counted = await inClient(db, client, (tx) =>
      tx.query(sql`
        select (select count(*)::int from import_files f where f.client_id = ${client}::uuid and f.import_id = ${importId}::uuid) as parts,
          (select count(*)::int from import_rows r where r.client_id = ${client}::uuid and r.import_id = ${importId}::uuid) as rows`),
    );
    expect(counted).toEqual([{ parts, rows }]);
  });

  it("of 100,000 rows passes through without being held in memory", async () => {
    const client = await aClient(db);
    const rows = 100_000;
    let peak = 0;
    async function* lines() {
      yield dayFile([]);
      for (let from = 0; from < rows; from += 500) {
        yield Array.from({ length: 500 }, (_, index) => {
          const video = from + index;
          return `creator_${video % 3_000},https://www.tiktok.com/@c/video/${video},10,2,1,9.50,2.27,3,2026-11-18,"A title, and ${"x".repeat(200)}"\n`;
        }).join("");
        if (from % 10_000 === 0) peak = Math.max(peak, bytesInUse());
      }
    }
    const start = bytesInUse();
    const importId = await storeDay(db, client, Readable.from(lines()));
    const timer = setInterval(() => {
      peak = Math.max(peak, bytesInUse());
    }, 100);
    await stageImport(db, client, importId, { now });
    clearInterval(timer);
    // The file has 28 MB; held whole as text or rows it would take several times that.
    expect((peak - start) / 2 ** 20).toBeLessThan(100);
    const { counts, newCreators } = await (await operator(client)).imports.check({ clientId: client, importId });
    expect(counts).toMatchObject({ rows, created: rows });
    expect(newCreators).toMatchObject({ count: 3_000, sample: expect.arrayContaining(["creator_0"]) });
  }, 120_000);
});
