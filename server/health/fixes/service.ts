/** Findings put right by their owners' own statements: shown first, then written as shown or not at all. */
import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import { attachRepair, checkpointRepair } from "../../creators/tier-columns.ts";
import { sumsRepair } from "../../creators/totals.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import type { Repair } from "../../db/repair.ts";
import { inClient } from "../../db/tx.ts";
import { wakeRepair } from "../../progress/service.ts";
import { owedInAll, owedRepair } from "../../redemptions/service.ts";
import { DIRECT_PAIRS } from "../../seeding/jobs/schema.ts";
import { seedRepair } from "../../seeding/service.ts";
import { SEEDING } from "../../seeding/transaction.ts";
import { holdTier } from "../../tiers/service.ts";
import type { Check, HealthContext } from "../check.ts";
import { checkOf } from "../checks.ts";
import { makeChecks } from "../service.ts";
import { fixOf, leftBecause, refusalOf, touchedBy } from "./rules.ts";
import type { FixApplied, FixApplyInput, FixKind, FixPreviewDto, FixPreviewInput } from "./schema.ts";
import { countFound, findHeldRun, findSet, listSavedGuards, listUnknownTiers } from "./sql.ts";

interface Who {
  actor: Actor;
  client: ClientId;
  now: Date;
  log: Log;
  /** so many rows a seeding creates while somebody waits for it */
  directPairs?: number | undefined;
}

/** What a fix would change now, exactly. conflict for a check that has none, bad_request for a tier that the ladder does not have. */
export function previewFix(db: RootDb, who: Who, input: FixPreviewInput): Promise<FixPreviewDto> {
  const { check, kind } = fixable(input.code);
  return inClient(
    db,
    who.client,
    async (tx) => {
      const health = { settings: await clientSettings(tx, who.client), now: who.now };
      return previewIn(tx, health, { check, kind, input, repair: await repairOf(tx, who, health, kind, input) });
    },
    SEEDING,
  );
}

/**
 * Writes what a preview showed, with its audit entry, or answers `stale` with what it would be now. Comparing and writing see one
 * snapshot; what commits in between makes the transaction run again and be compared anew. What it touched is then checked anew.
 * conflict where an owner has to decide first.
 */
export async function applyFix(db: RootDb, who: Who, input: FixApplyInput): Promise<FixApplied> {
  const { check, kind } = fixable(input.code);
  const applied = await inClient(
    db,
    who.client,
    async (tx): Promise<FixApplied> => {
      const health = { settings: await clientSettings(tx, who.client), now: who.now };
      const repair = await repairOf(tx, who, health, kind, input);
      const preview = await previewIn(tx, health, { check, kind, input, repair });
      if (preview.refusal !== null) throw new AppError("conflict", preview.refusal);
      if (repair === null || preview.token !== input.token) return { kind: "stale", preview };
      if (preview.count > 0) await write(tx, who, { check, kind, input, repair, count: preview.count });
      return { kind: "fixed", count: preview.count };
    },
    SEEDING,
  );
  const checks = touchedBy(input.code).map(checkOf);
  await makeChecks(db, who.client, { now: who.now, log: who.log, checks });
  return applied;
}

interface Ordered {
  check: Check;
  kind: FixKind;
  input: FixPreviewInput;
}

async function write(
  tx: Db,
  { actor, client }: Who,
  { check, kind, input, repair, count }: Ordered & { repair: Repair; count: number },
): Promise<void> {
  const written = await repair.apply(tx);
  // One relation in one snapshot: a difference is a bug, and what was not shown is not written.
  if (written !== count) throw new Error(`the fix of ${check.code} showed ${count} records and wrote ${written}`);
  // a seeding writes an entry of its own
  if (kind === "seed") return;
  const { fromTier, tierId } = input;
  await record(tx, actor, client, {
    action: "health.fixed",
    subject: { kind: "check", id: check.code, name: check.title },
    ...(kind === "attach" ? { before: { tier: fromTier ?? "any unknown" }, after: { tier: tierId } } : {}),
    counts: { changed: count },
  });
}

async function previewIn(
  tx: Db,
  health: HealthContext,
  { check, kind, input, repair }: Ordered & { repair: Repair | null },
): Promise<FixPreviewDto> {
  const found = await inBulk(tx, () => countFound(tx, health, check));
  const unknownTiers = kind === "attach" ? await listUnknownTiers(tx, health.settings.id) : [];
  const set = repair === null ? null : await inBulk(tx, () => findSet(tx, repair));
  const count = set?.count ?? 0;
  const refusal = kind === "redemptions" ? await refusalNow(tx, health) : (repair?.refusal?.(count) ?? null);
  return {
    kind,
    count,
    left: set === null ? 0 : Math.max(0, found - count),
    leftBecause: leftBecause(check.code),
    sample: set?.sample ?? [],
    unknownTiers,
    refusal,
    token:
      set === null || refusal !== null
        ? null
        : JSON.stringify([input.tierId ?? "", input.fromTier ?? "", set.count, set.mark]),
    computedAt: health.now,
  };
}

/** The sync's own guards stand before its steps only: whoever makes redemptions past it is held to the same. */
async function refusalNow(tx: Db, { settings }: HealthContext): Promise<string | null> {
  const [owed, heldRun, saved] = [
    await owedInAll(tx, settings.id),
    await findHeldRun(tx, settings.id),
    await listSavedGuards(tx, settings.id),
  ];
  return refusalOf({ ...owed, heldRun, saved }, settings.currency);
}

/** Null while the tier to attach to is not chosen. */
async function repairOf(
  tx: Db,
  { actor, client, now, directPairs }: Who,
  { settings }: HealthContext,
  kind: FixKind,
  { tierId, fromTier }: FixPreviewInput,
): Promise<Repair | null> {
  switch (kind) {
    case "attach":
      if (tierId === undefined) return null;
      await holdTier(tx, client, tierId);
      return attachRepair(settings, { tierId, from: fromTier ?? null }, now);
    case "checkpoints":
      return checkpointRepair(settings, now);
    case "sums":
      return sumsRepair(settings, now);
    case "wake":
      return wakeRepair(client, now);
    case "redemptions":
      return owedRepair(client, now);
    case "seed":
      return seedRepair(actor, client, directPairs ?? DIRECT_PAIRS);
  }
}

function fixable(code: string): { check: Check; kind: FixKind } {
  const check = checkOf(code);
  const kind = fixOf(code);
  if (kind === null) throw new AppError("conflict", `${check.title} cannot be put right from here.`, { field: "code" });
  return { check, kind };
}
