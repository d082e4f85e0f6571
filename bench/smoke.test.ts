/** Every bench once, on very little: that they run and answer figures. How fast anything is decides nothing here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../server/testing/database.ts";
import { firstLoad } from "./benches/console.ts";
import { fill } from "./ground.ts";
import { benches, runAll } from "./list.ts";
import { SMOKE } from "./options.ts";
import { asComparison, asText, readReport, writeReport } from "./report.ts";
import { result } from "./result.ts";

const db = testDatabase();
const dir = mkdtempSync(join(tmpdir(), "muster-bench-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe("the benches", { timeout: 300_000 }, () => {
  it("all run, and answer a figure for everything they name", async () => {
    const ground = await fill(db, dir, SMOKE, { serverEntry: ["--import", "tsx", "server/main.ts"] });
    const results = await runAll(ground, benches);

    const names = results.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(results.filter(({ value }) => !Number.isFinite(value) || value < 0)).toEqual([]);
    const one = (name: string) => results.find((row) => row.name === name)?.value;
    expect(one("first_seed.rows")).toBeGreaterThan(SMOKE.creators * 10);
    expect([one("reconcile.created"), one("progress.unchanged_written"), one("api_load.errors")]).toEqual([0, 0, 0]);
    expect(one("nightly_seed.one_percent_rows")).toBeGreaterThan(0);
    expect(one("api_load.requests")).toBeGreaterThan(0);
  });
});

describe("a report", () => {
  const results = [result("seed.time", 12.3456, "s"), result("seed.ratio", 1.4, "x", 1.35)];

  it("says of every target whether it was met, and nothing of a figure without one", () => {
    expect(results).toEqual([
      { name: "seed.time", value: 12.35, unit: "s", target: null, met: null },
      { name: "seed.ratio", value: 1.4, unit: "x", target: 1.35, met: false },
    ]);
    expect(() => result("seed.time", Number.NaN, "s")).toThrow(/was not measured/);
  });

  it("comes back from its file, as a table and beside another", () => {
    const path = join(dir, "report.json");
    writeReport(path, results);
    expect(readReport(path)).toEqual(results);
    expect(asText(results)).toMatch(/seed\.ratio +1\.4 x +<= 1\.35 x +MISSED/);
    expect(asComparison(results, [result("seed.ratio", 0.7, "x", 1.35)])).toMatch(/seed\.ratio .* 0\.50 x +met now/);
  });
});

describe("the first load", () => {
  it("is the entry, the first page and what both import, each once", () => {
    const chunk = (file: string, imports: string[] = []) => ({ file, imports });
    const chunks = {
      "index.html": { ...chunk("entry.js", ["shared"]), isEntry: true },
      "features/overview/overview-page.tsx": chunk("page.js", ["shared"]),
      "features/rare.tsx": chunk("rare.js"),
      shared: chunk("shared.js"),
    };
    mkdirSync(join(dir, ".vite"));
    writeFileSync(join(dir, ".vite", "manifest.json"), JSON.stringify(chunks));
    for (const name of ["entry", "page", "shared", "rare"]) writeFileSync(join(dir, `${name}.js`), "a");

    expect(firstLoad(dir)).toBe(3 * 21);
  });
});
