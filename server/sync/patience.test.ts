import { describe, expect, it } from "vitest";
import { AppError } from "../base/errors.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import { inClient } from "../db/tx.ts";
import { aClient } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, markingSteps, marksOf, outcome, runnerDeps } from "../testing/runs.ts";
import { getRun } from "./history/service.ts";
import { listEvents } from "./history/sql.ts";
import { isPassing } from "./patience.ts";
import { runSync } from "./runner.ts";
import { stepNames } from "./schema.ts";

const db = testDatabase();

function eventsOf(client: ClientId, run: RunId) {
  return inClient(db, client, (tx) => listEvents(tx, client, run, 0));
}

const withCode = (code: string) => Object.assign(new Error("the database says so"), { code });

describe("an error that passes", () => {
  it.each(["40001", "40P01", "57P01", "57P02", "57P03", "08006", "53300", "ECONNREFUSED"])(
    "%s is tried again by itself, and the events say so",
    async (code) => {
      const client = await aClient(db);
      const run = await aRun(db, client);
      let isFirst = true;
      const tiers = () => {
        if (!isFirst) return Promise.resolve(outcome);
        isFirst = false;
        return Promise.reject(withCode(code));
      };
      const deps = runnerDeps({ steps: markingSteps({ tiers }), backoffMs: [0, 0] });
      expect(await runSync(db, deps, client, run)).toBe("succeeded");
      expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
      const retried = (await eventsOf(client, run)).find((event) => event.type === "step_retried");
      expect(retried?.note).toMatch(/; tried again after 1 s \(1 of 2\)\.$/);
      expect((await getRun(db, client, run)).attempts).toHaveLength(1);
    },
  );

  it("fails the run when it does not pass, with what to do", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    let tries = 0;
    const tiers = () => {
      tries += 1;
      return Promise.reject(withCode("40P01"));
    };
    const deps = runnerDeps({ steps: markingSteps({ tiers }), backoffMs: [0, 0, 0] });
    expect(await runSync(db, deps, client, run)).toBe("failed");
    expect(tries).toBe(4);
    expect((await getRun(db, client, run)).failure).toEqual({
      code: "busy",
      message: "Step 4 (tiers) failed: other work kept getting in its way. Nothing of this step was saved.",
      step: "tiers",
      kept: "Steps 1 to 3 are saved.",
      advice: "Retry in a few minutes.",
      noRetry: null,
      offersWithoutFile: false,
    });
  });

  it("is none of those that stay: these fail at once", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    let tries = 0;
    const tiers = () => {
      tries += 1;
      return Promise.reject(withCode("23505"));
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ tiers }) }), client, run)).toBe("failed");
    expect(tries).toBe(1);
  });
});

describe("what passes", () => {
  it("is told by code or, where a driver gives none, by its words", () => {
    const words = [
      "Connection terminated unexpectedly",
      "Client has encountered a connection error and is not queryable",
      "\nInvalid `prisma.$executeRaw()` invocation:\n\n\nwrite EPIPE",
      "Server has closed the connection.",
    ];
    expect(words.filter((message) => !isPassing(new Error(message)))).toEqual([]);
    expect(isPassing(new AppError("unavailable", "The staged rows were lost."))).toBe(true);
    const missingFile = Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" });
    const others = [
      new AppError("conflict", "No."),
      new TypeError("x"),
      withCode("57014"),
      withCode("53100"),
      missingFile,
      null,
    ];
    expect(others.map((error) => isPassing(error))).toEqual(others.map(() => false));
  });
});
