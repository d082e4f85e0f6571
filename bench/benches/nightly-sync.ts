import type { RunDto } from "../../server/sync/schema.ts";
import type { Bench } from "../bench.ts";
import { withAutovacuum } from "../ground.ts";
import { timed } from "../measure.ts";
import { watched } from "../memory.ts";
import { layFile, syncNight, untilWorkersRest, withoutGuards } from "../night.ts";
import { seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
import { type Result, result } from "../result.ts";
import { withServer } from "../server-process.ts";

export const nightlySyncBench: Bench = {
  name: "nightly_sync",
  about: "a whole night by a server of its own: all videos through the inbox, 5 % with new figures, the eight steps",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    await withoutGuards(ground);
    const [time, most, steps] = await withServer(ground, (server) =>
      withAutovacuum(ground, async () => {
        // The first night brings everything up to date that a programme made by SQL has left open.
        await layFile(ground, 1, 20);
        await syncNight(ground);
        await untilWorkersRest(ground);
        await layFile(ground, 2, 20);
        const night = await watched(server.memory, () => timed(() => syncNight(ground)));
        const { ms: after } = await timed(() => untilWorkersRest(ground));
        const steps = [...stepsOf(night.answer.answer), result("nightly_sync.data_health", after / 1000, "s")];
        return [night.answer.ms / 1000, night.mostMb, steps] as const;
      }),
    );
    await settle(ground, "videos", "users", "mission_progress", "creator_ranks");
    return [result("nightly_sync.time", time, "s", 180), ...steps, result("nightly_sync.memory", most, "MB", 300)];
  },
};

/** Where the night's time goes. */
function stepsOf({ steps }: RunDto): Result[] {
  return steps.map(({ name, startedAt, endedAt }) =>
    result(`nightly_sync.step_${name}`, (endedAt!.getTime() - startedAt!.getTime()) / 1000, "s"),
  );
}
