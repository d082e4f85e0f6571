/** `npm run check`: what can be known in seconds. Types and lint together, then the tests that need no database. */
import "./node-version.mjs";
import { generate, install } from "./install.mjs";
import { BIN, main, runNode } from "./project.mjs";

await main(async () => {
  await install();
  await generate();
  const checks = await Promise.all([
    named("types", runNode(BIN.tsc, ["--noEmit"], { quiet: true })),
    named("lint", runNode(BIN.oxlint, ["--type-aware"], { quiet: true })),
  ]);
  checks.push(
    await named("tests", runNode(BIN.vitest, ["run", "--project", "pure", "--project", "web"], { quiet: true })),
  );
  for (const { name, code, output } of checks) {
    process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name}\n${code === 0 ? "" : `${output.trim()}\n`}`);
  }
  process.exitCode = checks.every(({ code }) => code === 0) ? 0 : 1;
});

async function named(name, result) {
  return { name, ...(await result) };
}
