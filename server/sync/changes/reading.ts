/** What the run page reads of a run's changes. */
import { notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { findRun, listSteps } from "../sql.ts";
import { countKept, findSeedOf, listKept } from "./kept-sql.ts";
import { figuresOf } from "./rules.ts";
import { keptKinds } from "./schema.ts";
import type { KeptKind, RunChange, RunChangeListInput, RunChangesDto } from "./schema.ts";
import { countSeeded } from "./sql.ts";

/** What a run changed, in figures, and how much of it is named; not_found for another client's run. */
export function getRunChanges(db: RootDb, client: ClientId, runId: string): Promise<RunChangesDto> {
  return inClient(db, client, async (tx) => {
    const run = await known(tx, client, runId);
    const figures = figuresOf(await listSteps(tx, client, run));
    const kept = await countKept(tx, client, run);
    const countOf = (kind: KeptKind) => kept.find((one) => one.kind === kind)?.count ?? 0;
    const redemptions = kept.find((one) => one.kind === "redemption");
    return {
      ...figures,
      named: Object.fromEntries(keptKinds.map((kind) => [kind, countOf(kind)])) as RunChangesDto["named"],
      seedId: await findSeedOf(tx, client, run),
      // What marks seeded rows is the run's id alone.
      seeded: await countSeeded(tx, { client, runId: run, now: new Date(0) }),
      redemptionsValue: redemptions?.value ?? "0",
      redemptionsWithoutPrice: redemptions?.withoutValue ?? 0,
    };
  });
}

/** A page of what a run changed, by name. */
export function listRunChanges(db: RootDb, client: ClientId, input: RunChangeListInput): Promise<Page<RunChange>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  return inClient(db, client, async (tx) => {
    const of = { run: await known(tx, client, input.runId), kind: input.kind };
    const rows = await listKept(tx, client, of, { key: key?.[0] ?? null, isBackward, limit: input.limit });
    const page = toPage(rows, input, (row) => [row.position]);
    return { ...page, rows: page.rows.map(({ position: _position, ...change }) => change) };
  });
}

async function known(tx: Db, client: ClientId, runId: string): Promise<RunId> {
  if ((await findRun(tx, client, runId as RunId)) === null) throw notFound("This sync");
  return runId as RunId;
}
