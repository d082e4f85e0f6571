import { expect, it } from "vitest";
import { readEnv } from "../env.ts";
import { playChaos } from "../testing/chaos/chaos.ts";

/** The hundred rounds of `npm run test:chaos` take minutes; these are six of them, spread over all kinds. */
it("ends in the same state as undisturbed nights, whatever is killed on the way", { timeout: 300_000 }, async () => {
  const different: string[] = [];
  const say = (line: string) => {
    if (!line.includes(": identical")) different.push(line);
  };
  const result = await playChaos({ rounds: 6, random: Math.random, pgBin: readEnv().pgBin, say });
  expect(different).toEqual([]);
  expect(result).toEqual({ identical: 6, rounds: 6 });
});
