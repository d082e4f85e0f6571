import { sql } from "../../server/db/db.ts";
import { inBulk } from "../../server/db/bulk.ts";
import { inClient } from "../../server/db/tx.ts";
import { valuedRows } from "../../server/progress/value-sql.ts";
import type { Bench } from "../bench.ts";
import { changedVideos } from "../data/daily-file.ts";
import type { Ground } from "../ground.ts";
import { median, timed } from "../measure.ts";
import { importFile, runStep, seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
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
    await settle(ground, "mission_progress");
    const [full, touched, quiet]: [number[], number[], number[]] = [[], [], []];
    let written = 0;
    for (let round = 1; round <= ground.size.rounds; round += 1) {
      await importFile(ground, changedVideos(ground.client, round, 10));
      full.push((await timed(() => recomputeAll(ground))).ms);
      touched.push((await timed(() => runStep(ground, "progress"))).ms);
      await settle(ground, "mission_progress");
      const nothing = await timed(() => runStep(ground, "progress"));
      quiet.push(nothing.ms);
      written += nothing.answer.rowsOut;
    }
    return [
      result("progress.full", median(full) / 1000, "s"),
      result("progress.ten_percent_share", (100 * median(touched)) / median(full), "%", 15),
      result("progress.unchanged_share", (100 * median(quiet)) / median(full), "%", 2),
      result("progress.unchanged_written", written, "rows", 0),
    ];
  },
};

/** The definition of a value applied to every row that can move, as a run without shortcuts has to; nothing of it is kept. */
function recomputeAll(ground: Ground): Promise<unknown> {
  const { db, client, settings } = ground;
  const rows = sql`
    select p.client_id, p.user_id, p.mission_id, p.cycle, p.current_value, p.checkpoint_start, p.checkpoint_end,
      m.mission_type, m.target_value
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${client}::uuid and p.status = 'active' and m.enabled and m.activated and m.mission_type <> 'raffle'`;
  return inClient(
    db,
    client,
    (tx) =>
      inBulk(tx, () =>
        tx.query(sql`
          select count(*)::int as moved from (${valuedRows(settings, rows)}) v
          where v.value is distinct from v.current_value or v.is_reached`),
      ),
    { timeoutMs: 3_600_000 },
  );
}
