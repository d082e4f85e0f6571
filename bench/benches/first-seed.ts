import type { Bench } from "../bench.ts";
import { dropFounding, emptyFounding, makeFounding, seedFounding } from "../founding.ts";
import { byOwner, checkpoint, type Ground } from "../ground.ts";
import { alternate } from "../measure.ts";
import { ownMemory, watched } from "../memory.ts";
import { firstSeed, runStep, unseed } from "../pipeline.ts";
import { countRows, inOwnerTransaction, settleProgress } from "../postgres.ts";
import { result } from "../result.ts";

/** What our server may hold more of while the database inserts millions of rows: nothing but what a collector has not seen yet. */
const FLAT_MB = 20;

export const firstSeedBench: Bench = {
  name: "first_seed",
  about: "every row of every creator at once, against the raw insert of the same rows and against the founding SQL",
  isCheap: true,
  run: async (ground) => {
    await firstSeed(ground);
    const created = await keepRows(ground);
    await makeFounding(ground);
    const grown: number[] = [];
    const ms = await alternate(ground.size, {
      seed: {
        before: () => empty(ground),
        run: async () => {
          const { beforeMb, mostMb } = await watched(ownMemory, () => runStep(ground, "seed"));
          grown.push(mostMb - beforeMb);
        },
      },
      raw: { before: () => empty(ground), run: () => insertKept(ground) },
      founding: { before: () => emptyFounding(ground).then(() => checkpoint(ground)), run: () => seedFounding(ground) },
    });
    await dropFounding(ground);
    await unseed(ground);
    ground.firstSeedMs = ms.seed;
    await runStep(ground, "seed");
    await byOwner(ground, "drop table bench_rows");
    await settleProgress(ground);
    return [
      result("first_seed.rows", created, "rows"),
      result("first_seed.time", ms.seed / 1000, "s"),
      result("first_seed.per_row", (ms.seed * 1000) / created, "us"),
      result("first_seed.vs_raw_insert", ms.seed / ms.raw, "x", 1.35),
      result("first_seed.vs_founding", ms.seed / ms.founding, "x", 0.6),
      result("first_seed.memory", Math.max(...grown), "MB", FLAT_MB),
    ];
  },
};

async function empty(ground: Ground): Promise<void> {
  await unseed(ground);
  await checkpoint(ground);
}

/** The rows as they are, out of the way of log and keys, for the raw insert. */
async function keepRows(ground: Ground): Promise<number> {
  await byOwner(
    ground,
    `create unlogged table bench_rows as
     select * from mission_progress where client_id = '${ground.client}' order by user_id, mission_id`,
  );
  await byOwner(ground, "analyze bench_rows");
  return countRows(ground, "mission_progress");
}

/** The physical limit: the same table, keys, foreign keys, triggers and order; the rows only have to be copied. */
function insertKept(ground: Ground): Promise<void> {
  return inOwnerTransaction(ground, async (owner) => {
    // Rows of a seeding are not named in the log of changes one by one.
    await owner.query("set local muster.seeding = '00000000-0000-4000-8000-000000000000'");
    await owner.query("insert into mission_progress select * from bench_rows order by user_id, mission_id");
  });
}
