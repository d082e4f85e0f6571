import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { ImportId } from "../../server/base/ids.ts";
import { copyColumns } from "../../server/imports/copy-text.ts";
import { stageImport } from "../../server/imports/stage.ts";
import type { Bench } from "../bench.ts";
import { allVideos, newVideos } from "../data/daily-file.ts";
import { asOwner, byOwner, checkpoint, type Ground } from "../ground.ts";
import { alternate, median, repeated, timed } from "../measure.ts";
import { runStep, storeFile } from "../pipeline.ts";
import { compact, inOwnerTransaction, settle, walOf } from "../postgres.ts";
import { result } from "../result.ts";

export const newFileBench: Bench = {
  name: "import_new",
  about: "the merge of a file with one new video for each creator, against the raw insert of the resolved rows",
  isCheap: true,
  run: async (ground) => {
    let file = 0;
    let importId: ImportId | null = null;
    const ms = await alternate(ground.size, {
      merge: {
        before: async () => {
          await forgetNew(ground);
          importId = await staged(ground, newVideos(ground.client, (file += 1)));
          await checkpoint(ground);
        },
        run: () => runStep(ground, "import", importId),
      },
      raw: {
        before: async () => {
          await byOwner(
            ground,
            `create unlogged table bench_videos as
             select * from videos where client_id = '${ground.client}' and video_key like '8%'`,
          );
          await byOwner(ground, "analyze bench_videos");
          await forgetNew(ground);
          await checkpoint(ground);
        },
        run: () =>
          inOwnerTransaction(ground, (owner) =>
            owner.query("insert into videos select * from bench_videos order by video_key"),
          ),
      },
      tidy: { run: () => byOwner(ground, "drop table bench_videos") },
    });
    await forgetNew(ground);
    return [
      result("import_new.merge", ms.merge / 1000, "s"),
      result("import_new.vs_raw_insert", ms.merge / ms.raw, "x", 1.5),
    ];
  },
};

async function forgetNew(ground: Ground): Promise<void> {
  await byOwner(ground, "delete from videos where client_id = $1 and video_key like '8%'", [ground.client]);
  await settle(ground, "videos");
}

async function staged(ground: Ground, rows: { text: string }): Promise<ImportId> {
  const importId = await storeFile(ground, rows);
  await stageImport(ground.db, ground.client, importId, { now: ground.now });
  return importId;
}

export const changedFileBench: Bench = {
  name: "import_changed",
  about: "a file with all videos, 10 % of them with new figures, against the bare COPY of the same rows",
  isCheap: true,
  run: async (ground) => {
    const rounds = await repeated(ground.size, (round) => changedFile(ground, round));
    const of = (figure: (round: Round) => number) => median(rounds.map(figure));
    return [
      result("import_changed.copy", of(({ copyMs }) => copyMs) / 1000, "s"),
      result(
        "import_changed.database_vs_copy",
        of((r) => (r.stagingMs + r.mergeMs) / r.copyMs),
        "x",
        7,
      ),
      result(
        "import_changed.whole_vs_copy",
        of((r) => (r.storeMs + r.stageMs + r.mergeMs) / r.copyMs),
        "x",
        12,
      ),
      result("import_changed.wal_of_upsert", (100 * rounds[0]!.mergeWal) / rounds[0]!.upsertWal, "%", 5),
    ];
  },
};

interface Round {
  storeMs: number;
  stageMs: number;
  copyMs: number;
  stagingMs: number;
  mergeMs: number;
  mergeWal: number;
  /** of the first round, as bytes of log do not scatter */
  upsertWal: number;
}

/** One round: the file taken in and merged as in production, and beside it the COPYs and the plain upsert of the very same rows. */
async function changedFile(ground: Ground, round: number): Promise<Round> {
  await checkpoint(ground);
  const store = await timed(() => storeFile(ground, allVideos(ground.client, round, 10)));
  const importId = store.answer;
  const stage = await timed(() => stageImport(ground.db, ground.client, importId, { now: ground.now }));
  const path = join(ground.dir, `staged-${round}.copy`);
  await writeStaged(ground, importId, path);
  await makeCopies(ground);
  const copyMs = await copyInto(ground, "bench_bare", path);
  const stagingMs = await copyInto(ground, "bench_staging", path);
  const upsertWal = round === 1 ? await walOfUpsert(ground) : Number.NaN;
  const merge = await walOf(ground, () => timed(() => runStep(ground, "import", importId)));
  await byOwner(ground, "drop table bench_bare, bench_staging");
  await settle(ground, "videos");
  return {
    storeMs: store.ms,
    stageMs: stage.ms,
    copyMs,
    stagingMs,
    mergeMs: merge.answer.ms,
    mergeWal: merge.bytes,
    upsertWal,
  };
}

/** Of the table as a load leaves it, which is also how the merge finds it. */
async function walOfUpsert(ground: Ground): Promise<number> {
  await compact(ground, "videos");
  const { bytes } = await walOf(ground, () => plainUpsert(ground));
  await compact(ground, "videos");
  return bytes;
}

function writeStaged(ground: Ground, importId: ImportId, path: string): Promise<void> {
  const rows = `select ${copyColumns.join(", ")} from import_rows where client_id = '${ground.client}' and import_id = '${importId}' order by line`;
  return asOwner(ground, (owner) => pipeline(owner.query(copyTo(`copy (${rows}) to stdout`)), createWriteStream(path)));
}

/** The staging table with and without its keys, both unlogged. */
async function makeCopies(ground: Ground): Promise<void> {
  await byOwner(ground, "create unlogged table bench_bare (like import_rows including defaults)");
  await byOwner(ground, "create unlogged table bench_staging (like import_rows including all)");
}

async function copyInto(ground: Ground, table: string, path: string): Promise<number> {
  const { ms } = await timed(() =>
    asOwner(ground, (owner) =>
      pipeline(
        createReadStream(path, { highWaterMark: 1024 * 1024 }),
        owner.query(copyFrom(`copy ${table} (${copyColumns.join(", ")}) from stdin`)),
      ),
    ),
  );
  return ms;
}

/** What everybody writes first; taken back, so that the merge finds the same videos. */
function plainUpsert(ground: Ground): Promise<unknown> {
  const figures = ["video_url", "video_title", "post_date", "views", "likes", "comments", "gmv", "ctr", "units_sold"];
  return inOwnerTransaction(
    ground,
    (owner) =>
      owner.query(`
        insert into videos as v (client_id, video_key, user_id, ${figures.join(", ")})
        select s.client_id, s.video_key, u.id, ${figures.map((name) => `s.${name}`).join(", ")}
        from bench_bare s join users u on u.client_id = s.client_id and u.tiktok_handle = s.handle
        order by s.video_key
        on conflict (client_id, video_key) do update set ${figures.map((name) => `${name} = excluded.${name}`).join(", ")},
          updated_at = now()`),
    false,
  );
}
