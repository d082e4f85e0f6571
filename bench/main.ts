/** `npm run bench`: makes a database, measures everything on it and says what came of it. */
import { cpus, totalmem } from "node:os";
import { onGround } from "./ground.ts";
import { benches, runAll } from "./list.ts";
import { readOptions, type Size } from "./options.ts";
import { README, SCALING, writeSection } from "./readme.ts";
import { asMarkdown, asText, writeReport } from "./report.ts";
import type { Result } from "./result.ts";

/** The figures that docs/scaling.md reckons with. */
const RECKONED = ["first_seed.", "storage.", "nightly_s", "api_load.", "neighbour.", "preview."];

const options = readOptions(process.argv.slice(2));
const chosen = benches.filter(({ name }) => options.only === null || options.only.some((part) => name.includes(part)));
if (chosen.length === 0) {
  throw new Error(`No bench has that in its name: ${benches.map(({ name }) => name).join(", ")}.`);
}
const creators = `${options.size.creators.toLocaleString("en-US")} creators`;
const started = performance.now();
say(`making ${creators}`);
const failures: string[] = [];
const results = await onGround(options.size, { serverEntry: ["dist/server/main.js"] }, (ground) =>
  runAll(ground, chosen, {
    begins: ({ name, about }) => say(`${name}: ${about}`),
    ended: (figures, soFar) => {
      console.error(asText(figures));
      if (options.json !== null) writeReport(options.json, soFar);
    },
    failed: ({ name }, error) => {
      console.error(`${name} failed:`, error);
      failures.push(name);
    },
  }),
);
say("done");
console.log(`${asText(results)}\n\n${summary(results)} at ${creators}`);
if (failures.length > 0) {
  console.error(`Not measured, because they failed: ${failures.join(", ")}`);
  process.exitCode = 1;
}
if (options.write) writePages(options.size, results);

/** On standard error, so that the table alone can be piped. */
function say(text: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);
}

function summary(of: readonly Result[]): string {
  const judged = of.filter(({ met }) => met !== null);
  return `${judged.filter(({ met }) => met === true).length} of ${judged.length} targets met`;
}

function writePages({ label }: Size, of: readonly Result[]): void {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  writeSection(README, `results ${label}`, `${creators} on ${machine}: ${summary(of)}.\n\n${asMarkdown(of)}`);
  const reckoned = of.filter(({ name }) => RECKONED.some((prefix) => name.startsWith(prefix)));
  writeSection(SCALING, `figures ${label}`, `Measured with ${creators} on ${machine}:\n\n${asMarkdown(reckoned)}`);
}
