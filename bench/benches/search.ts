import type { Bench } from "../bench.ts";
import { p95, series } from "../measure.ts";
import { seeded } from "../pipeline.ts";
import { result } from "../result.ts";

/** Parts of handles: frequent and rare, with the underscore and the dot that handles have. */
const PARTS = ["ber", "una", "amber", "_glow", "ty_", "olive_petal", "e.1", "zzz"];
const STARTS = ["a", "lu", "q", "ta", "z", "@em"];

export const searchBench: Bench = {
  name: "search",
  about: "the creators list by a part of a handle (three letters or more) and by its first one or two letters",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    const { size, client: clientId, caller } = ground;
    const search = (parts: readonly string[]) =>
      series(size, (index) => caller.creators.list({ clientId, q: parts[index % parts.length]! }));
    return [
      result("search.part_p95", p95(await search(PARTS)), "ms", 20),
      result("search.prefix_p95", p95(await search(STARTS)), "ms", 20),
    ];
  },
};
