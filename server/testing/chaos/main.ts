/** `npm run test:chaos`: so many rounds (CHAOS_ROUNDS, 100), and whether all ended as if nothing had happened. */
import { readEnv } from "../../env.ts";
import { playChaos } from "./chaos.ts";

const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 100);
const seed = Number(process.env["CHAOS_SEED"] ?? Date.now() % 1_000_000);

/** The same numbers for the same seed (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

process.stdout.write(`CHAOS_SEED=${seed}\n`);
const result = await playChaos({
  rounds,
  random: randomOf(seed),
  pgBin: readEnv().pgBin,
  say: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write(`${result.identical} of ${result.rounds} identical\n`);
process.exit(result.identical === result.rounds ? 0 : 1);
