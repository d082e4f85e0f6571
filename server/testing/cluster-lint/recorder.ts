/**
 * Set up before every test file that has a database: notes the distinct statements that the request role sends, and judges them
 * when the file is done. What tests arrange themselves goes over the owner's connections and is not looked at.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import pg from "pg";
import { afterAll, expect, inject } from "vitest";
import { PROJECT_ROOT } from "../../env.ts";
import { allowedStatements, allows, OWN_STATEMENTS } from "./allowed.ts";
import { refusedInHome } from "./homes.ts";
import { parseStatements } from "./parser.ts";
import { RULES, violationsOf } from "./rules.ts";
import type { Violation } from "./rules.ts";

const seen = new Set<string>();

interface Connection {
  connectionParameters?: { options?: string };
}

const send = Reflect.get(pg.Client.prototype, "query") as (this: pg.Client, ...args: unknown[]) => unknown;
Reflect.set(pg.Client.prototype, "query", function (this: pg.Client, ...args: unknown[]) {
  note((this as Connection).connectionParameters?.options ?? "", args[0]);
  return send.apply(this, args);
});

function note(options: string, statement: unknown): void {
  if (!options.includes("role=muster_app")) return;
  const text = typeof statement === "string" ? statement : (statement as { text?: unknown } | null)?.text;
  if (typeof text === "string") seen.add(text);
}

// oxlint-disable-next-line no-empty-pattern -- vitest reads from it which fixtures are wanted
afterAll(async ({}, suite) => {
  const file = relative(PROJECT_ROOT, expect.getState().testPath ?? "").replaceAll("\\", "/");
  if (OWN_STATEMENTS.has(file)) return;
  const found = await notPlannedInHome();
  const unused = new Set(allowedStatements.filter(({ seenIn }) => seenIn === file));
  for (const text of seen) {
    for (const violation of await judged(text)) {
      const allowance = allowedStatements.find((one) => allows(one, violation, text));
      if (allowance === undefined)
        found.push(`${violation.rule} (${RULES[violation.rule]}): ${violation.what}\n${text}`);
      else unused.delete(allowance);
    }
  }
  if (found.length > 0) {
    throw new Error(
      `A cluster refuses this, or does it slowly: mend it, or say in allowed.ts why not.\n\n${found.join("\n\n")}`,
    );
  }
  if (unused.size > 0 && isWhole(suite)) {
    const entries = [...unused].map(({ rule, statement }) => `${rule}: ${statement}`);
    throw new Error(`Entries of allowed.ts that ${file} needs no more:\n${entries.join("\n")}`);
  }
});

/** Statements that PostgreSQL plans with tables and not with the views that a home shows: judged once in a run, as below. */
async function notPlannedInHome(): Promise<string[]> {
  const fresh = [...seen].filter((text) => !existsSync(cached(`in a home: ${text}`)));
  const refused = await refusedInHome(fresh, inject("homesPlace"));
  for (const text of fresh) {
    if (!refused.has(text)) writeFileSync(cached(`in a home: ${text}`), "");
  }
  return [...refused].map(([text, problem]) => `refused in a client's home: ${problem}\n${text}`);
}

function cached(text: string): string {
  return join(inject("lintCache"), createHash("sha1").update(text).digest("hex"));
}

/** Other files send the same statements: what one has judged is kept for the run. */
async function judged(text: string): Promise<Violation[]> {
  const path = cached(text);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Violation[];
  const statements = await parseStatements(text);
  const violations = statements.flatMap((statement) => violationsOf(statement, inject("lintFacts")));
  // Whole or not at all: another process may read it in the same moment.
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(violations));
  renameSync(`${path}.${process.pid}`, path);
  return violations;
}

interface Task {
  mode: string;
  result?: { state: string } | undefined;
  tasks?: readonly Task[];
}

/** Only a file of which every test ran and passed has sent all it sends. */
function isWhole({ tasks = [], mode, result }: Task): boolean {
  return tasks.length > 0 ? tasks.every(isWhole) : mode === "run" && result?.state === "pass";
}
