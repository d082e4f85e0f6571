import { notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Page } from "../../base/paging.ts";
import { pageStart, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { SILENT_AFTER_MS } from "../attempts/rules.ts";
import { findLease, listAttempts } from "../attempts/sql.ts";
import { failureDto } from "../rules.ts";
import { waitsFor } from "../schema.ts";
import type { RunDto, RunListInput, RunRow } from "../schema.ts";
import { listSteps } from "../sql.ts";
import * as store from "./sql.ts";

/** A page of the client's runs, newest first. */
export function listRuns(db: RootDb, client: ClientId, input: RunListInput): Promise<Page<RunRow>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  return inClient(db, client, async (tx) => {
    const rows = await store.listRuns(tx, client, input, { key: key?.[0] ?? null, isBackward });
    return toPage(rows, input, (run) => [run.number]);
  });
}

export function countRuns(db: RootDb, client: ClientId, status: RunRow["status"] | undefined): Promise<number> {
  return inClient(db, client, (tx) => store.countRuns(tx, client, status));
}

/** A run with its steps and tier moves; not_found for another client's. */
export function getRun(db: RootDb, client: ClientId, runId: string): Promise<RunDto> {
  return inClient(db, client, async (tx) => complete(tx, client, await store.findRunById(tx, client, runId)));
}

export function getRunByNumber(db: RootDb, client: ClientId, number: number): Promise<RunDto> {
  return inClient(db, client, async (tx) => complete(tx, client, await store.findRunByNumber(tx, client, number)));
}

async function complete(tx: Db, client: ClientId, run: RunRow | null): Promise<RunDto> {
  if (run === null) throw notFound("This sync");
  // The number is read first: what happens between the reads comes again as an event and is not missed.
  const lastEvent = await store.lastEventNumber(tx, client, run.id);
  const fresh = await store.findRunById(tx, client, run.id);
  const steps = await listSteps(tx, client, run.id as RunId);
  const latest = await store.latestRunNumber(tx, client);
  const seen = fresh ?? run;
  return {
    ...seen,
    steps: steps.map((step) => ({ ...step, waitsFor: waitsFor(steps, step.position) })),
    lastEvent,
    attempts: await listAttempts(tx, client, run.id),
    lease: await findLease(tx, client, run.id, SILENT_AFTER_MS),
    failure: failureDto(seen, steps, latest),
    tierMoves: await store.listTierMoves(tx, client, run.id),
  };
}
