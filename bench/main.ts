/** `npm run bench`: makes a database, measures everything on it and says what came of it. */
import { cpus, totalmem } from "node:os";
import { onGround } from "./ground.ts";
import { benches, runAll } from "./list.ts";
import { readOptions } from "./options.ts";
import { writeSection } from "./readme.ts";
import { asMarkdown, asText, writeReport } from "./report.ts";

const options = readOptions(process.argv.slice(2));
const chosen = benches.filter(({ name }) => options.only === null || name.includes(options.only));
if (chosen.length === 0) {
  throw new Error(`No bench has "${options.only}" in its name: ${benches.map(({ name }) => name).join(", ")}.`);
}
const started = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);
say(`making ${options.size.creators.toLocaleString("en-US")} creators`);
const results = await onGround(options.size, { serverEntry: ["dist/server/main.js"] }, (ground) =>
  runAll(ground, chosen, ({ name, about }) => say(`${name}: ${about}`)),
);
console.log(asText(results));
const missed = results.filter(({ met }) => met === false).length;
const judged = results.filter(({ met }) => met !== null).length;
console.log(
  `\n${judged - missed} of ${judged} targets met at ${options.size.creators.toLocaleString("en-US")} creators`,
);
if (options.json !== null) writeReport(options.json, results);
if (options.write) {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  writeSection(
    `results ${options.size.label}`,
    `${options.size.creators.toLocaleString("en-US")} creators on ${machine}: ${judged - missed} of ${judged} targets met.\n\n${asMarkdown(results)}`,
  );
}
