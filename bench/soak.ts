/** `npm run bench:soak`: an hour of mixed load on a server of its own, and whether anything grew that should not. */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { onGround } from "./ground.ts";
import { sizeOf } from "./options.ts";
import { README, writeSection } from "./readme.ts";
import { writeReport } from "./report.ts";
import { type Plan, soak, type Soaked } from "./soak/run.ts";
import { shortened, soakPicture, soakTable, summaryOf } from "./soak/section.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    creators: { type: "string", default: "20k" },
    json: { type: "string" },
    /** a file for every single reading, to look closer at what is not flat */
    readings: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const plan: Plan = {
  seconds: secondsOf(values.minutes),
  sampleMs: 15_000,
  mostPerSecond: 10,
  hurry: 1,
  nightsBefore: 4,
  least: 0,
};
// Logs and checkpoints as an installation has them: an hour without one would say nothing of the disk.
const settings = { checkpoint_timeout: "5min", max_wal_size: "1GB" };
const size = sizeOf(values.creators);
const started = performance.now();
say(`making ${size.creators.toLocaleString("en-US")} creators`);
const soaked = await onGround(size, { serverEntry: ["dist/server/main.js"], settings }, (ground) =>
  soak(ground, plan, say),
);
console.log(`${soakTable(soaked.verdicts)}\n\n${summaryOf(soaked)}`);
for (const error of soaked.errors) console.log(error);
if (values.json !== undefined) writeReport(values.json, soaked.results);
if (values.readings !== undefined) writeFileSync(values.readings, JSON.stringify(soaked));
if (values.write) write(soaked);

function secondsOf(text: string): number {
  if (!/^\d{1,4}(\.\d)?$/.test(text) || Number(text) <= 0) throw new Error(`--minutes takes a number, not "${text}".`);
  return Number(text) * 60;
}

/** On standard error, so that the table alone can be piped. */
function say(text: string): void {
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);
}

function write(of: Soaked): void {
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  const ground = `${size.creators.toLocaleString("en-US")} creators and a client of 1,000 on ${machine}`;
  const kept = shortened(of.verdicts);
  const left = of.verdicts.length - kept.length;
  const text = [
    `${ground}: ${summaryOf(of)}.`,
    "![Memory, connections and requests over time](soak.svg)",
    soakTable(kept),
    `Not shown: ${left} figures of small tables and of logs, all flat.`,
  ];
  writeSection(README, "soak", text.join("\n\n"));
  writeFileSync(join(import.meta.dirname, "soak.svg"), soakPicture(of));
}
