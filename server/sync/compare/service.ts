import { notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { findRunById } from "../history/sql.ts";
import type { RunRow } from "../schema.ts";
import { listSteps } from "../sql.ts";
import { compareSteps } from "./rules.ts";
import type { CompareInput, RunComparison } from "./schema.ts";

/** Holds a run against another one, step by step and count by count; not_found for one of nobody here. */
export function compareRuns(db: RootDb, client: ClientId, input: CompareInput): Promise<RunComparison> {
  return inClient(db, client, async (tx) => {
    const after = await known(tx, client, input.runId);
    const before = await known(tx, client, input.withRunId);
    const steps = compareSteps(
      await listSteps(tx, client, before.id as RunId),
      await listSteps(tx, client, after.id as RunId),
    );
    return { before, after, steps };
  });
}

async function known(tx: Db, client: ClientId, run: string): Promise<RunRow> {
  const found = await findRunById(tx, client, run);
  if (found === null) throw notFound("This sync");
  return found;
}
