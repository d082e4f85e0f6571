import { inClient } from "../../server/db/tx.ts";
import { recomputeProgress } from "../../server/progress/service.ts";
import type { Bench } from "../bench.ts";
import { changedVideos } from "../data/daily-file.ts";
import type { Ground } from "../ground.ts";
import { median, repeated, timed } from "../measure.ts";
import { importFile, runStep, seeded } from "../pipeline.ts";
import { settleProgress } from "../postgres.ts";
import { result } from "../result.ts";

export const progressBench: Bench = {
  name: "progress",
  about:
    "the progress step when 10 % of the creators have new figures, and when nothing changed, against recomputing every row",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    // After a first seed every row is new: the first step brings all of them up to date.
    await runStep(ground, "progress");
    await settleProgress(ground);
    const rounds = await repeated(ground.size, (round) => night(ground, round));
    const of = (figure: (round: Round) => number) => median(rounds.map(figure));
    const full = of(({ fullMs }) => fullMs);
    return [
      result("progress.full", full / 1000, "s"),
      result("progress.ten_percent_share", (100 * of(({ touchedMs }) => touchedMs)) / full, "%", 15),
      result("progress.unchanged_share", (100 * of(({ quietMs }) => quietMs)) / full, "%", 2),
      result(
        "progress.unchanged_written",
        rounds.reduce((sum, { written }) => sum + written, 0),
        "rows",
        0,
      ),
    ];
  },
};

interface Round {
  fullMs: number;
  touchedMs: number;
  quietMs: number;
  /** rows that the quiet step wrote */
  written: number;
}

async function night(ground: Ground, round: number): Promise<Round> {
  await importFile(ground, changedVideos(ground.client, round, 10));
  const full = await timed(() => recomputeAll(ground));
  const touched = await timed(() => runStep(ground, "progress"));
  await settleProgress(ground);
  const quiet = await timed(() => runStep(ground, "progress"));
  return { fullMs: full.ms, touchedMs: touched.ms, quietMs: quiet.ms, written: quiet.answer.rowsOut };
}

/** Every row that can move looked at and written where it differs, as a run without shortcuts has to; taken back afterwards. */
async function recomputeAll({ db, client, settings, now }: Ground): Promise<void> {
  const takenBack = new Error("taken back");
  const work = inClient(
    db,
    client,
    async (tx) => {
      await recomputeProgress(tx, settings, now);
      throw takenBack;
    },
    { timeoutMs: 3_600_000 },
  );
  await work.catch((error: unknown) => {
    if (error !== takenBack) throw error;
  });
}
