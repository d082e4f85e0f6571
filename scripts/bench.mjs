/** `npm run bench`, `bench:compare`, `bench:growth` and `bench:soak`: everything that is measured is built first, as a start would. */
import "./node-version.mjs";
import { buildServer, buildWeb } from "./build.mjs";
import { generate, install } from "./install.mjs";
import { BIN, main, runNode, Sentence } from "./project.mjs";

const ENTRIES = ["main", "compare", "growth", "soak"];

await main(async () => {
  const [entry, ...args] = process.argv.slice(2);
  if (!ENTRIES.includes(entry)) throw new Sentence(`scripts/bench.mjs takes one of ${ENTRIES.join(", ")}.`);
  await install();
  await generate();
  await buildServer();
  await buildWeb();
  const { code } = await runNode(BIN.tsx, [`bench/${entry}.ts`, ...args]);
  process.exitCode = code;
});
