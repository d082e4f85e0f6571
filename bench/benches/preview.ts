import type { Bench } from "../bench.ts";
import { knownMissions } from "../data/known.ts";
import { p95, series } from "../measure.ts";
import { seeded } from "../pipeline.ts";
import { result } from "../result.ts";

export const previewBench: Bench = {
  name: "preview",
  about: "counts per bucket, reason and tier of one mission, and the missions list with all its counts",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    const { size, client: clientId, caller } = ground;
    const missions = await knownMissions(ground);
    const preview = await series(size, (index) => {
      const missionId = missions.running[index % missions.running.length]!;
      return caller.eligibility.preview({ clientId, missionId });
    });
    const list = await series(size, async () => {
      const page = await caller.missions.list({ clientId });
      await caller.missions.counts({ clientId, missionIds: page.rows.map(({ id }) => id) });
    });
    return [
      result("preview.counts_p95", p95(preview), "ms", 20),
      result("preview.missions_list_p95", p95(list), "ms", 50),
    ];
  },
};

export const questionsBench: Bench = {
  name: "questions",
  about:
    "what a preview may be asked beyond its counts, of a seeded mission and of a draft for everybody, the slower one",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    const { client: clientId, caller } = ground;
    const missions = await knownMissions(ground);
    const subjects = [
      { clientId, missionId: missions.forTier3 },
      { clientId, missionId: missions.draft, whatIf: { enabled: true } },
      { clientId, missionId: missions.draft, whatIf: { enabled: true, tierEligibility: "tier_3" } },
    ];
    const slowest = async (ask: (subject: (typeof subjects)[number]) => Promise<unknown>) => {
      const taken: number[] = [];
      for (const subject of subjects)
        taken.push(p95(await series({ ...ground.size, calls: Math.min(20, ground.size.calls) }, () => ask(subject))));
      return Math.max(...taken);
    };
    return [
      result("questions.window_p95", await slowest((subject) => caller.eligibility.window(subject)), "ms", 1_000),
      result("questions.relax_p95", await slowest((subject) => caller.eligibility.relax(subject)), "ms", 1_000),
      result(
        "questions.near_tier_p95",
        await slowest((subject) => caller.eligibility.nearMisses({ ...subject, kind: "tier" })),
        "ms",
        1_000,
      ),
      result(
        "questions.near_target_p95",
        await slowest((subject) => caller.eligibility.nearMisses({ ...subject, kind: "target" })),
        "ms",
        1_000,
      ),
      result(
        "questions.near_counts_p95",
        await slowest((subject) => caller.eligibility.nearMissCounts({ ...subject, kind: "target" })),
        "ms",
        1_000,
      ),
    ];
  },
};
