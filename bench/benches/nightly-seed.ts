import type { Bench } from "../bench.ts";
import { byOwner, type Ground } from "../ground.ts";
import { median, repeated, series, timed } from "../measure.ts";
import { runStep, seeded } from "../pipeline.ts";
import { settle, settleProgress, walOf } from "../postgres.ts";
import { result } from "../result.ts";

/** A server that does nothing notes now and then which transactions run; a seeding's own rows would be more than that. */
const NO_WAL_BYTES = 1_000;

export const quietNightBench: Bench = {
  name: "nightly_seed.unchanged",
  about: "the seed step of a night in which nobody changed",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    // The first one after a seeding may still set its marks.
    await runStep(ground, "seed");
    const taken = await series(ground.size, () => runStep(ground, "seed"));
    const written = await repeated(ground.size, () => walOf(ground, () => runStep(ground, "seed")));
    return [
      result("nightly_seed.unchanged", median(taken), "ms", 20),
      result("nightly_seed.unchanged_wal", median(written.map(({ bytes }) => bytes)), "bytes", NO_WAL_BYTES),
    ];
  },
};

export const risingNightBench: Bench = {
  name: "nightly_seed.one_percent",
  about: "the seed step of a night in which 1 % of the creators rose by a tier",
  isCheap: true,
  run: async (ground) => {
    const whole = await seeded(ground);
    const nights = await repeated(ground.size, async (round) => {
      await raiseOnePercent(ground, round);
      const { ms, answer } = await timed(() => runStep(ground, "seed"));
      await settleProgress(ground);
      await settle(ground, "users");
      return { ms, created: answer.rowsOut };
    });
    const taken = median(nights.map(({ ms }) => ms));
    return [
      result("nightly_seed.one_percent", taken, "ms"),
      result("nightly_seed.one_percent_rows", nights.at(-1)!.created, "rows"),
      result("nightly_seed.one_percent_share", (100 * taken) / whole, "%", 3),
    ];
  },
};

/** Every hundredth creator, others in every round, rises from the first tier to the second or from the second to the third. */
async function raiseOnePercent(ground: Ground, round: number): Promise<void> {
  await byOwner(
    ground,
    `update users set current_tier = case current_tier when 'tier_1' then 'tier_2' else 'tier_3' end
     where client_id = $1 and current_tier in ('tier_1', 'tier_2')
       and split_part(tiktok_handle, '.', 2)::int % 85 = $2`,
    [ground.client, round],
  );
}
