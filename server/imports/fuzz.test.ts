/**
 * Files that nobody should send: none ends the process, none hangs, the rows always add up, and the database is as it was or as the
 * good rows say. FUZZ_ROUNDS: mutations read (300 unless set), of which every fortieth goes through the database. FUZZ_SAMPLES: a
 * folder with further files to start from. FUZZ_SEED: another walk.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ClientId, ImportId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { seededRandom } from "../demo/random.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, fileDay, importTables, mergeDay, storeDay, videosOf } from "../testing/day-files.ts";
import { mutated } from "../testing/mutations.ts";
import { copyLine } from "./copy-text.ts";
import { openCsv } from "./parse.ts";
import { type AcceptedRow, judgeRow, refusalCodeOf } from "./rules.ts";
import { csvColumns } from "./schema.ts";

const db = testDatabase();
const ROUNDS = Number(process.env["FUZZ_ROUNDS"] ?? 300);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20261126);
const DATABASE_ROUNDS = Math.max(8, Math.floor(ROUNDS / 40));
const now = new Date(fileDay);
const context = { timezone: "America/New_York", currency: "USD", now };

const tidy = dayFile(
  Array.from({ length: 40 }, (_, index) => ({
    Handle: `creator_${index % 7}`,
    Video: String(74_000 + index),
    Views: String(index * 37),
    "Post Date": `2026-11-${String(1 + (index % 18)).padStart(2, "0")}`,
  })),
);
const messy = [
  `\uFEFF${csvColumns.toReversed().join(",")},Campaign`,
  'A title,2026-11-18,3,2.27%,"$1,280.47",1,2,"1,418",https://www.tiktok.com/@maria/video/74001,@MARIA,autumn',
  '"Under $25,\r\nlink in bio ""today"" 💄",2026-11-19T02:30:00+02:00,3,0,,1,,9,2,tom,',
  "",
  "A title,2026-11-18,3,2.27,9.50,1,2,11,74001,maria,x",
  "=1+1,2026-11-17,0,0,0,0,0,1,4,creator_1,",
  "bad,19/11/2026,-5,N/A,($50.00),1.2K,3.9,-1,,,x,y,z",
].join("\r\n");

function samples(): Buffer[] {
  const folder = process.env["FUZZ_SAMPLES"];
  const names = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".csv"));
  return [Buffer.from(tidy), Buffer.from(messy), ...names.map((name) => readFileSync(join(folder!, name)))];
}

interface Outcome {
  refused: string | null;
  rows: number;
  rejected: number;
  accepted: AcceptedRow[];
}

/** Reads a file in pieces of a size, judges every row and writes each as the database takes it. */
async function readThrough(file: Buffer, size: number): Promise<Outcome> {
  const outcome: Outcome = { refused: null, rows: 0, rejected: 0, accepted: [] };
  try {
    const csv = await openCsv(pieces(file, size));
    for await (const batch of csv.batches) {
      for (const record of batch) {
        const row = judgeRow(record.cells, csv.columns!, context);
        outcome.rows += 1;
        if (row.kind === "accepted") outcome.accepted.push(row);
        else outcome.rejected += 1;
        const line = copyLine("client" as ClientId, "import" as ImportId, record, csv.columns!, context);
        // Whatever is in a cell, a row of COPY is one line of as many columns.
        if (line.split("\t").length !== 18 || line.indexOf("\n") !== line.length - 1)
          throw new Error(`not a row: ${line}`);
      }
    }
    return outcome;
  } catch (error) {
    const refused = refusalCodeOf(error);
    if (refused === null) throw error;
    return { refused, rows: 0, rejected: 0, accepted: [] };
  }
}

async function* pieces(file: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < file.length; from += size) yield file.subarray(from, from + size);
}

describe("a file that was spoiled", () => {
  const files = samples();

  it(
    `is read to its end or refused, ${ROUNDS} times, and its rows add up however it arrives`,
    { timeout: 3_600_000 },
    async () => {
      const refusals: Record<string, number> = {};
      let slowest = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const random = seededRandom(SEED + round);
        const { file, how } = mutated(files[round % files.length]!, random);
        const began = performance.now();
        const outcome = await readThrough(file, 64 * 1024).catch((error: unknown) => {
          throw new Error(`round ${round} (${how})`, { cause: error });
        });
        slowest = Math.max(slowest, performance.now() - began);
        expect(outcome.rows, `round ${round} (${how})`).toBe(outcome.accepted.length + outcome.rejected);
        if (round % 10 === 0) {
          const other = await readThrough(file, 1 + random.int(0, 5_000));
          expect(other, `round ${round} (${how}), in other pieces`).toEqual(outcome);
        }
        refusals[outcome.refused ?? "read"] = (refusals[outcome.refused ?? "read"] ?? 0) + 1;
      }
      // A thousand times what a sample takes: far from it, and far from hanging.
      expect(slowest).toBeLessThan(20_000);
      expect(refusals["read"]).toBeGreaterThan(ROUNDS / 10);
      if (ROUNDS > 1_000)
        tell(`${ROUNDS} of ${ROUNDS} read or refused, slowest ${Math.round(slowest)} ms: ${JSON.stringify(refusals)}`);
    },
  );

  it(
    `leaves the database as it was, or as its good rows say, ${DATABASE_ROUNDS} times`,
    { timeout: 3_600_000 },
    async () => {
      let asTheySay = 0;
      for (let round = 0; round < DATABASE_ROUNDS; round += 1) {
        const { file, how } = mutated(files[round % files.length]!, seededRandom(SEED + round * 40));
        await throughTheDatabase(file, round % 2 === 0).catch((error: unknown) => {
          throw new Error(`round ${round * 40} (${how}): ${String(error)}`, { cause: error });
        });
        asTheySay += 1;
      }
      expect(asTheySay).toBe(DATABASE_ROUNDS);
      if (ROUNDS > 1_000) tell(`${asTheySay} of ${DATABASE_ROUNDS} left as the good rows say`);
    },
  );
});

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Standing {
  handle: string;
  row: AcceptedRow;
}

/** What stands after a file, by the rules alone: the holder keeps a video, else the first accepted handle has it; the last row wins. */
function after(standing: ReadonlyMap<string, Standing>, rows: readonly AcceptedRow[]): Map<string, Standing> {
  const next = new Map(standing);
  for (const row of rows) {
    const handle = next.get(row.videoKey)?.handle ?? row.handle;
    if (row.handle === handle) next.set(row.videoKey, { handle, row });
  }
  return next;
}

async function throughTheDatabase(file: Buffer, hasHistory: boolean): Promise<void> {
  const client = await aClient(db);
  let standing = new Map<string, Standing>();
  if (hasHistory) {
    await mergeDay(db, client, await storeDay(db, client, tidy));
    standing = after(standing, (await readThrough(Buffer.from(tidy), 64 * 1024)).accepted);
  }
  const before = await importTables(db, client);
  const { refused, rows, accepted } = await readThrough(file, 64 * 1024);
  const stored = await storeDay(db, client, file).catch((error: unknown) => {
    if (refusalCodeOf(error) === null) throw error;
    return refusalCodeOf(error)!;
  });
  expect(stored === refused || refused === null, `read as ${refused}, stored as ${stored}`).toBe(true);
  if (refused !== null) {
    expect(await importTables(db, client)).toEqual(before);
    return;
  }
  const importId = stored as ImportId;
  const caller = await callerAs(db, "viewer", client, { now });
  const { counts } = await caller.imports.check({ clientId: client, importId });
  expect(counts.rows).toBe(rows);
  expect(counts.created + counts.updated + counts.unchanged + counts.duplicate + counts.rejected).toBe(rows);
  expect(await importTables(db, client)).toMatchObject({ users: before.users, videos: before.videos });
  const merged = await mergeDay(db, client, importId);
  expect(merged.counts).toMatchObject({ ...counts });
  await expectStanding(client, after(standing, accepted));
}

async function expectStanding(client: ClientId, expected: ReadonlyMap<string, Standing>): Promise<void> {
  const videos = await videosOf(db, client);
  const found = videos.map(({ key, url, handle, title, postDate, views, gmv }) => [
    key,
    url,
    handle,
    title,
    postDate,
    views,
    gmv,
  ]);
  const wanted = [...expected].map(([key, { handle, row }]) => [
    key,
    row.videoUrl,
    handle,
    row.videoTitle,
    row.postDate,
    Number(row.views),
    row.gmv,
  ]);
  const byKey = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
  expect(found.toSorted(byKey)).toEqual(wanted.toSorted(byKey));
  const creators = await asOwner(db, (owner) =>
    owner.query<{ handle: string }>(sql`select tiktok_handle as handle from users where client_id = ${client}::uuid`),
  );
  const handles = new Set([...expected.values()].map(({ handle }) => handle));
  expect(new Set(creators.map(({ handle }) => handle))).toEqual(handles);
}
