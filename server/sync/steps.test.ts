import { expect, it } from "vitest";
import { aClient } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { runSteps } from "../testing/steps.ts";
import { pipeline } from "./steps.ts";

const db = testDatabase();
const filling = pipeline.filter(({ fills }) => fills !== undefined);

it.each(filling)("the step $name counts the rows that it adds to each table it fills", async ({ run, fills }) => {
  const client = await aClient(db);
  const { counts } = await runSteps(db, client, "2026-11-20T09:00:00Z", (tx, step) => run(tx, step, null));
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(Object.values(fills!)));
});
