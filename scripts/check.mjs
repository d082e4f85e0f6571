/**
 * `npm run check`: what can be known in seconds, all at once: types (only what changed since the last check), lint without
 * the rules that need types, and the tests that need neither database nor page. `npm test` leaves nothing out.
 */
import "./node-version.mjs";
import { generate, install } from "./install.mjs";
import { BIN, main, runNode } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  const seen = ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/check.tsbuildinfo"];
  const checks = await Promise.all([
    named("types", runNode(BIN.tsc, ["--noEmit", ...seen], { quiet: true })),
    named("lint", runNode(BIN.oxlint, [], { quiet: true })),
    named("tests", runNode(BIN.vitest, ["run", "--project", "pure"], { quiet: true })),
  ]);
  for (const { name, code, output } of checks) {
    process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name}\n${code === 0 ? "" : `${output.trim()}\n`}`);
  }
  process.exitCode = checks.every(({ code }) => code === 0) ? 0 : 1;
});

async function named(name, result) {
  return { name, ...(await result) };
}
