/** `npm test`: everything that must hold, from installation to real browsers, summed up in one closing line. */
import "./node-version.mjs";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildServer, buildWeb } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { generate, install } from "./install.mjs";
import { BIN, ROOT, runNode, Sentence } from "./project.mjs";

const reports = mkdtempSync(join(tmpdir(), "muster-reports-"));
const total = { passed: 0, failed: 0 };

/** Runs a step; what it throws is a failure like any other, and the steps after it still run. */
async function step(name, work) {
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  let result;
  try {
    result = await work();
  } catch (error) {
    process.stdout.write(`${error instanceof Sentence ? error.message : error.stack}\n`);
    result = { passed: 0, failed: 1 };
  }
  total.passed += result.passed;
  total.failed += result.failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`== ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)\n`);
  return result.failed === 0;
}

const one = ({ code }) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

async function made(work) {
  await work();
  return { passed: 1, failed: 0 };
}

/** A runner that ends badly although no test failed (a crash, an error outside of tests, no tests) counts as one failure. */
function judged({ code }, passed, failed) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

async function unitAndDatabase() {
  const file = join(reports, "vitest.json");
  const ended = await runNode(BIN.vitest, [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8"));
  // A skipped test proves nothing; here it counts as failed, so that none is left behind.
  const unproven = report.numFailedTests + report.numPendingTests + report.numTodoTests;
  const brokenFiles = report.testResults.filter(
    (result) => result.status === "failed" && result.assertionResults.length === 0,
  );
  return judged(ended, report.numPassedTests, unproven + brokenFiles.length);
}

async function browser() {
  const config = "e2e/playwright.config.ts";
  if (!existsSync(join(ROOT, config))) throw new Sentence(`${config} is missing.`);
  const file = join(reports, "playwright.json");
  const ended = await runNode(BIN.playwright, ["test", "-c", config, "--reporter=list,json"], {
    env: { CHROMIUM_PATH: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync(file, "utf8"));
  return judged(ended, stats.expected + stats.flaky, stats.unexpected + stats.skipped);
}

const isReady = (await step("install", () => made(install))) && (await step("generate", () => made(generate)));
if (isReady) {
  await step("types", async () => one(await runNode(BIN.tsc, ["--noEmit"])));
  await step("lint", async () => one(await runNode(BIN.oxlint, ["--type-aware"])));
  await step("format", async () => one(await runNode(BIN.oxfmt, ["--check", "."])));
  await step("unit and database tests", unitAndDatabase);
  const build = () => Promise.all([buildServer(), buildWeb({ force: true })]);
  if (await step("production build", () => made(build))) {
    await step("browser tests", browser);
  }
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
