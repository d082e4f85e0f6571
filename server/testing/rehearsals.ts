/** Rehearsals for tests: played to their end, or held open at a step for as long as a test wants. */
import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import type { RootDb } from "../db/pools.ts";
import { getRehearsal } from "../sync/rehearsal/reading.ts";
import type { FileChoice } from "../sync/rehearsal/file.ts";
import type { RehearsalDeps } from "../sync/rehearsal/player.ts";
import type { RehearsalDto } from "../sync/rehearsal/schema.ts";
import { startRehearsal } from "../sync/rehearsal/service.ts";
import { pipeline } from "../sync/steps.ts";
import type { StepName } from "../sync/schema.ts";
import type { SyncStep } from "../sync/step-types.ts";
import { asOwner } from "./builders.ts";
import { runnerDeps, someone } from "./runs.ts";

/** Plays a rehearsal with the real steps unless said otherwise, and answers what it told. */
export async function rehearsed(
  db: RootDb,
  client: ClientId,
  choice: FileChoice = {},
  deps: Partial<RehearsalDeps> = {},
): Promise<RehearsalDto> {
  const started = await startRehearsal(db, someone, client, choice, { ...runnerDeps({ steps: pipeline }), ...deps });
  if (started.kind === "busy") throw new Error("the client was busy");
  await started.over;
  return getRehearsal(db, client, started.rehearsalId);
}

export interface Held {
  id: string;
  /** lets the step under way end; a rehearsal that was ended is over without it */
  release: () => void;
  over: Promise<void>;
  read: () => Promise<RehearsalDto>;
}

/** A rehearsal with the real steps that waits right after one of them, its rows written and its transaction open. */
export async function aHeldRehearsal(
  db: RootDb,
  client: ClientId,
  options: { after?: StepName; choice?: FileChoice } & Partial<RehearsalDeps> = {},
): Promise<Held> {
  const { after = "totals", choice = {}, ...deps } = options;
  let release = () => {};
  const released = new Promise<void>((done) => (release = done));
  let reached = () => {};
  const isReached = new Promise<void>((done) => (reached = done));
  const steps = (deps.steps ?? pipeline).map((step): SyncStep => ({
    ...step,
    run: async (tx, context, importId) => {
      const outcome = await step.run(tx, context, importId);
      if (step.name === after) {
        reached();
        await released;
      }
      return outcome;
    },
  }));
  const started = await startRehearsal(db, someone, client, choice, { ...runnerDeps(), ...deps, steps });
  if (started.kind === "busy") throw new Error("the client was busy");
  const id = started.rehearsalId;
  await Promise.race([
    isReached,
    started.over.then(async () => {
      const { error } = await getRehearsal(db, client, id);
      throw new Error(`it was over before ${after}: ${error?.message}`);
    }),
  ]);
  return { id, release, over: started.over, read: () => getRehearsal(db, client, id) };
}

/** A checksum of every table, of this client's rows where it has clients, except those that are named. */
export function pictureOf(
  db: RootDb,
  client: ClientId,
  except: readonly string[] = [],
): Promise<Record<string, string>> {
  return asOwner(db, async (owner) => {
    const tables = await owner.query<{ name: string; isOfClient: boolean }>(sql`
      select c.relname::text as name, exists (
        select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'client_id' and not a.attisdropped) as "isOfClient"
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`);
    const sums: Record<string, string> = {};
    for (const { name, isOfClient } of tables) {
      if (!except.includes(name)) sums[name] = await sumOf(owner, name, isOfClient ? client : null);
    }
    return sums;
  });
}

async function sumOf(owner: Db, table: string, client: ClientId | null): Promise<string> {
  const where = client === null ? Prisma.empty : sql`where client_id = ${client}::uuid`;
  const [row] = await owner.query<{ sum: string }>(sql`
    select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${Prisma.raw(`"${table}"`)} t ${where}`);
  return row!.sum;
}
