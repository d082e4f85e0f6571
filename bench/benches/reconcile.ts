import { randomUUID } from "node:crypto";
import type { Bench } from "../bench.ts";
import { sql } from "../../server/db/db.ts";
import { inClient } from "../../server/db/tx.ts";
import type { Ground } from "../ground.ts";
import { median, repeated, timed } from "../measure.ts";
import { seeded } from "../pipeline.ts";
import { result } from "../result.ts";

export const reconcileBench: Bench = {
  name: "reconcile",
  about: "the whole anti-join, which believes neither counts nor log: it must find nothing",
  isCheap: true,
  run: async (ground) => {
    const whole = await seeded(ground);
    const rounds = await repeated(ground.size, () => timed(() => reconcile(ground)));
    const taken = median(rounds.map(({ ms }) => ms));
    const created = rounds.reduce((sum, { answer }) => sum + answer, 0);
    return [
      result("reconcile.time", taken / 1000, "s"),
      result("reconcile.share", (100 * taken) / whole, "%", 30),
      result("reconcile.created", created, "rows", 0),
    ];
  },
};

function reconcile(ground: Ground): Promise<number> {
  const work = inClient(
    ground.db,
    ground.client,
    (tx) =>
      tx.query<{ created: number }>(
        sql`select reconcile_mission_progress(${ground.client}::uuid, ${randomUUID()}::uuid) as created`,
      ),
    { timeoutMs: 3_600_000 },
  );
  return work.then(([row]) => row!.created);
}
