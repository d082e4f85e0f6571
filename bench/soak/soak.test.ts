/** A soak of seconds: that everybody acts, nothing errs and figures come of it. What they are decides nothing here. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../../server/testing/database.ts";
import { fill } from "../ground.ts";
import { SMOKE } from "../options.ts";
import { soak } from "./run.ts";

const db = testDatabase();
const dir = mkdtempSync(join(tmpdir(), "muster-bench-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it("a soak keeps everybody busy, syncs twice and answers figures without an error", { timeout: 300_000 }, async () => {
  const ground = await fill(db, dir, SMOKE, { serverEntry: ["--import", "tsx", "server/main.ts"] });
  const quick = { seconds: 1, sampleMs: 300, mostPerSecond: 1_000, hurry: 40, nightsBefore: 0, least: 1 };
  const { errors, tally, readings, results } = await soak(ground, quick, () => undefined);

  expect(errors).toEqual([]);
  expect(tally).toMatchObject({ errors: 0, syncs: 4 });
  expect(tally.requests).toBeGreaterThan(20);
  expect(readings.length).toBeGreaterThan(0);
  expect(Object.keys(readings[0]!.tables)).toContain("mission_progress");
  const names = results.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(results.filter(({ value }) => !Number.isFinite(value) || value < 0)).toEqual([]);
});
