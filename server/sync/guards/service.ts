/** What a client's guards are set to. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { isSameDecimal } from "../../base/decimal.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { thresholdsOf } from "./rules.ts";
import { guardNames, type GuardName, type GuardsDto, type Thresholds } from "./schema.ts";
import * as store from "./sql.ts";

/** The client's thresholds, those that nobody has set as they come. */
export function getGuards(db: RootDb, client: ClientId): Promise<GuardsDto> {
  return inClient(db, client, (tx) => read(tx, client));
}

export async function savedThresholds(tx: Db, client: ClientId): Promise<Thresholds> {
  return (await read(tx, client)).thresholds;
}

async function read(tx: Db, client: ClientId): Promise<GuardsDto> {
  const saved = await store.listGuards(tx, client);
  const last = saved.map(({ updatedAt }) => updatedAt).toSorted((one, other) => other.getTime() - one.getTime())[0];
  return {
    thresholds: thresholdsOf(new Map(saved.map(({ name, threshold }) => [name, threshold]))),
    updatedAt: last ?? null,
  };
}

/** Sets the thresholds that differ, with one audit entry of what they were and are; none when nothing differs. */
export function saveGuards(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { thresholds, now }: { thresholds: Thresholds; now: Date },
): Promise<GuardsDto> {
  return inClient(db, client, async (tx) => {
    const before = await savedThresholds(tx, client);
    const changed = guardNames.filter((name) => differs(before[name], thresholds[name]));
    for (const name of changed) await store.upsertGuard(tx, client, { name, threshold: thresholds[name], now });
    if (changed.length > 0) {
      await record(tx, actor, client, {
        action: "guards.updated",
        before: only(before, changed),
        after: only(thresholds, changed),
      });
    }
    return read(tx, client);
  });
}

function differs(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one !== other : !isSameDecimal(one, other);
}

function only(thresholds: Thresholds, names: readonly GuardName[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, thresholds[name]]));
}
