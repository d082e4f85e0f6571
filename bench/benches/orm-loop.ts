import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Bench } from "../bench.ts";
import { PrismaClient } from "../../server/db/generated/client.ts";
import { asOwner, checkpoint, type Ground } from "../ground.ts";
import { timed } from "../measure.ts";
import { runStep, seeded, unseed } from "../pipeline.ts";
import { countRows, settleProgress } from "../postgres.ts";
import { result } from "../result.ts";

export const ormLoopBench: Bench = {
  name: "orm_loop",
  about: "the same rows created one by one by an ORM, per row, beside the seeding per row",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    const rows = await someRows(ground);
    await unseed(ground);
    await checkpoint(ground);
    const loop = await timed(() => createOneByOne(ground, rows));
    await unseed(ground);
    await checkpoint(ground);
    const seed = await timed(() => runStep(ground, "seed"));
    const created = await countRows(ground, "mission_progress");
    await settleProgress(ground);
    const perRow = (loop.ms * 1000) / rows.length;
    return [
      result("orm_loop.per_row", perRow, "us"),
      result("orm_loop.vs_seed", perRow / ((seed.ms * 1000) / created), "x"),
    ];
  },
};

interface NewRow {
  clientId: string;
  userId: string;
  missionId: string;
  status: string;
  checkpointStart: Date | null;
  checkpointEnd: Date | null;
}

function someRows(ground: Ground): Promise<NewRow[]> {
  return asOwner(ground, async (owner) => {
    const { rows } = await owner.query<NewRow>(
      `select client_id as "clientId", user_id as "userId", mission_id as "missionId", 'active' as status, checkpoint_start as "checkpointStart",
         checkpoint_end as "checkpointEnd"
       from mission_progress where client_id = $1 order by user_id, mission_id limit $2`,
      [ground.client, ground.size.ormRows],
    );
    return rows;
  });
}

/** As an application would that knows nothing of sets: a statement and a commit per row, past row-level security. */
async function createOneByOne(ground: Ground, rows: readonly NewRow[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: ground.db.url, max: 1, options: "-c timezone=UTC -c jit=off" });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  try {
    for (const data of rows) await prisma.missionProgress.create({ data, select: { status: true } });
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
}
