/** `npm run bench:growth`: the cheap benches at several sizes, and what one client notices of many others. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./growth/chart.ts";
import { growingFigures } from "./growth/figures.ts";
import { clientsTable, exponents, growthTable, type Measured, pointsOf } from "./growth/sections.ts";
import { byOwner, type Ground, groundOf, onGround } from "./ground.ts";
import { benches, runAll } from "./list.ts";
import { sizeOf, type Size } from "./options.ts";
import { runStep } from "./pipeline.ts";
import { settleProgress } from "./postgres.ts";
import { README, writeSection } from "./readme.ts";
import { asText, readReport, writeReport } from "./report.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1k,10k,100k" },
    million: { type: "boolean", default: false },
    measured: { type: "string", multiple: true, default: [] },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const alone = [...values.sizes.split(","), ...(values.million ? ["1m"] : [])].map((text) => sizeOf(text));
const total = alone.filter(({ creators }) => creators <= 100_000).at(-1)!;
// Each of the clients is as large as one of the sizes alone, where there are so many.
const shared = [10, 100]
  .filter((clients) => alone.some(({ creators }) => creators * clients === total.creators))
  .map((clients) => sizeOf(total.label, clients));

/** Sizes that `npm run bench -- --json FILE` has measured already, as `1m=FILE`. */
const reports = new Map(
  values.measured.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)] as const),
);

const measured: Measured[] = [];
for (const size of [...alone, ...shared]) {
  const report = size.clients === 1 ? reports.get(size.label) : undefined;
  measured.push(
    report === undefined ? await measure({ ...size, calls: 60 }) : { ...size, results: readReport(report) },
  );
}

const results = exponents(measured);
console.log(`${asText(results)}\n\n${growthTable(measured)}\n\n${clientsTable(measured)}`);
if (values.json !== undefined) writeReport(values.json, results);
if (values.write) {
  writeSection(README, "growth", `![Time over creators, both logarithmic](growth.svg)\n\n${growthTable(measured)}`);
  writeSection(README, "clients", clientsTable(measured));
  const lines = growingFigures
    .map(({ name }) => ({ name, points: pointsOf(name, measured) }))
    .filter(({ points }) => points.length > 1);
  writeFileSync(join(import.meta.dirname, "growth.svg"), chart("Time over creators, both logarithmic", lines));
}

async function measure(size: Size): Promise<Measured> {
  console.error(`${size.clients} x ${(size.creators / size.clients).toLocaleString("en-US")} creators`);
  const cheap = benches.filter(({ isCheap }) => isCheap);
  return onGround(size, { serverEntry: ["dist/server/main.js"] }, async (ground) => {
    await seedOthers(ground);
    const own = { ...ground, size: { ...size, creators: size.creators / size.clients } };
    const found = await runAll(own, cheap, { begins: ({ name }) => console.error(`  ${name}`) });
    return { creators: size.creators, clients: size.clients, results: found };
  });
}

/** The other clients have their rows as well. */
async function seedOthers(ground: Ground): Promise<void> {
  const { rows } = await byOwner(ground, "select id from clients where id <> $1 order by name", [ground.client]);
  for (const { id } of rows as { id: string }[]) await runStep(await groundOf(ground.db, id, ground), "seed");
  await settleProgress(ground);
}
