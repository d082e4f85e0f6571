/** The morning digest: what the night changed, by name, on its page and to whoever wants it sent. */
import { authorise } from "../access/authorise.ts";
import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { addDays, dayOf } from "../base/days.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess, inClient } from "../db/tx.ts";
import { announce } from "../notifications/announce.ts";
import type { NamedChange } from "../sync/changes/schema.ts";
import { readChanges, seededByMission } from "../sync/changes/service.ts";
import { totalsOf } from "../sync/rules.ts";
import { countOf, digestLines, digestTitle } from "./rules.ts";
import type { DigestDto, DigestKind, DigestRun, DigestSettings } from "./schema.ts";
import { digestKinds, NAMES_SHOWN } from "./schema.ts";
import type { EndedRun } from "./sql.ts";
import * as store from "./sql.ts";

const DEFAULTS: DigestSettings = { mode: "off", hour: 7 };

/** What the runs that ended on a day changed. */
export function getDigest(
  db: RootDb,
  client: ClientId,
  { day, now }: { day: string | undefined; now: Date },
): Promise<DigestDto> {
  return inClient(db, client, async (tx) => {
    const { timezone } = await clientSettings(tx, client);
    const of = day ?? dayOf(now, timezone);
    const runs = await complete(tx, client, await store.listRunsOfDay(tx, client, of, timezone));
    return { day: of, title: digestTitle(of, runs), runs };
  });
}

/** Adds the names, oldest run first. */
async function complete(tx: Db, client: ClientId, runs: readonly EndedRun[]): Promise<DigestRun[]> {
  const tiers = await store.listTierNames(tx, client);
  const full: DigestRun[] = [];
  for (const { steps, ...run } of runs.toReversed()) {
    const totals = totalsOf(steps ?? []);
    // The run's own clock: by it the changes know whose they are.
    const of = { client, runId: run.id as RunId, now: run.startedAt ?? run.endedAt };
    const named = {} as Record<DigestKind, NamedChange[]>;
    for (const kind of digestKinds) {
      named[kind] = countOf({ totals }, kind) === 0 ? [] : await firstNames(tx, kind, of, tiers);
    }
    const seeded = totals.seeded === 0 ? [] : await seededByMission(tx, of);
    full.push({ ...run, totals, named, seeded });
  }
  return full;
}

async function firstNames(
  tx: Db,
  kind: DigestKind,
  of: { client: ClientId; runId: RunId; now: Date },
  tiers: ReadonlyMap<string, string>,
): Promise<NamedChange[]> {
  const names: NamedChange[] = [];
  const nameOf = (tier: string | null) => (tier === null ? null : tiers.get(tier) || tier);
  for await (const batch of readChanges(tx, kind, of, NAMES_SHOWN)) {
    for (const { isNew: _, ...change } of batch) {
      names.push({ ...change, tierBefore: nameOf(change.tierBefore), tierAfter: nameOf(change.tierAfter) });
    }
  }
  return names;
}

export async function getSettings(db: RootDb, client: ClientId): Promise<DigestSettings> {
  const found = await inClient(db, client, (tx) => store.findSettings(tx, client));
  return found === null ? DEFAULTS : { mode: found.mode, hour: found.hour };
}

/** Sets when the digest is sent; it begins with what comes after now. */
export function saveSettings(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { input, now }: { input: DigestSettings; now: Date },
): Promise<DigestSettings> {
  return inClient(db, client, async (tx) => {
    const { timezone } = await clientSettings(tx, client);
    const before = await store.findSettings(tx, client);
    const today = dayOf(now, timezone);
    const hour = Number(
      new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hour: "2-digit", hourCycle: "h23" }).format(now),
    );
    // Set after its hour, it begins tomorrow.
    const lastDay = hour >= input.hour ? today : addDays(today, -1);
    await store.upsertSettings(tx, client, { ...input, lastDay, now });
    await record(tx, actor, client, {
      action: "digest.updated",
      before: { mode: before?.mode ?? DEFAULTS.mode, hour: before?.hour ?? DEFAULTS.hour },
      after: { ...input },
    });
    return input;
  });
}

/** Puts the digests that are due into the outbox, each once; answers how many. One client's trouble leaves the others alone. */
export async function announceDigests(db: RootDb, { now, log }: { now: () => Date; log: Log }): Promise<number> {
  const due = await inAccess(db, (tx) => store.listDue(tx, now()));
  let announced = 0;
  for (const clientId of due) {
    try {
      const actor: Actor = { kind: "job", name: "morning digest", clientId };
      const { client } = await authorise(db, actor, clientId, "sync:read");
      if (await announceDigest(db, client, now())) announced += 1;
    } catch (error) {
      log.error({ err: error, client: clientId }, "a digest could not be made");
    }
  }
  return announced;
}

function announceDigest(db: RootDb, client: ClientId, now: Date): Promise<boolean> {
  return inClient(db, client, async (tx) => {
    const settings = await store.findSettings(tx, client);
    if (settings === null || settings.mode === "off") return false;
    const day = dayOf(now, (await clientSettings(tx, client)).timezone);
    const ended = await store.listRunsAfter(tx, client, settings.toldUntil);
    const toldUntil = ended[0]?.endedAt ?? settings.toldUntil;
    if (!(await store.claimDigest(tx, client, settings, { toldUntil, lastDay: day, now }))) return false;
    const runs = await complete(tx, client, ended);
    const data = { day, title: digestTitle(day, runs), lines: digestLines(runs) };
    await announce(tx, client, {
      type: "digest",
      data,
      key: `digest:${day}:${toldUntil?.toISOString() ?? "none"}`,
      at: now,
    });
    return true;
  });
}
