/** What the pages read of rehearsals. */
import { notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { StepDto } from "../schema.ts";
import { ended, stepsAtEnd } from "./rules.ts";
import type {
  RehearsalChange,
  RehearsalChangeFilters,
  RehearsalChangeListInput,
  RehearsalDto,
  RehearsalRow,
} from "./schema.ts";
import { listChanges } from "./names-sql.ts";
import * as store from "./sql.ts";
import type { StoredRehearsal } from "./sql.ts";

/** So many are offered; older ones are found by their address for a week. */
const RECENT = 20;

/** One rehearsal, also while it is played; not_found for another client's, and for one that was swept after a week. */
export function getRehearsal(db: RootDb, client: ClientId, id: string): Promise<RehearsalDto> {
  return inClient(db, client, async (tx) => {
    const stored = await known(tx, client, id);
    const { steps, seeded, named } = stored;
    const row = toRow(stored);
    const isWritten = row.error?.code === "write";
    return {
      ...row,
      steps: isDead(stored) ? stepsAtEnd(steps.map(toStep), died, stored.at) : steps.map(toStep),
      seeded,
      named,
      meanwhile: isWritten ? await store.findMeanwhile(tx, client, id) : null,
    };
  });
}

/** The last rehearsals, newest first. */
export async function listRehearsals(db: RootDb, client: ClientId): Promise<RehearsalRow[]> {
  const rows = await inClient(db, client, (tx) => store.listRehearsals(tx, client, RECENT));
  return rows.map(toRow);
}

/** A page of what a rehearsal would change, by name. */
export function listRehearsalChanges(
  db: RootDb,
  client: ClientId,
  input: RehearsalChangeListInput,
): Promise<Page<RehearsalChange>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  return inClient(db, client, async (tx) => {
    const { id } = await known(tx, client, input.rehearsalId);
    const walk = { key: key?.[0] ?? null, isBackward, limit: input.limit };
    const page = toPage(await listChanges(tx, client, { id, kind: input.kind }, walk), input, (row) => [row.position]);
    return { ...page, rows: page.rows.map(({ position: _position, ...change }) => change) };
  });
}

/** How many changes of a kind are named; a rehearsal counts them as it writes them. */
export function countRehearsalChanges(
  db: RootDb,
  client: ClientId,
  { rehearsalId, kind }: RehearsalChangeFilters,
): Promise<number> {
  return inClient(db, client, async (tx) => (await known(tx, client, rehearsalId)).named[kind]);
}

async function known(tx: Db, client: ClientId, id: string): Promise<StoredRehearsal> {
  const stored = await store.findRehearsal(tx, client, id);
  if (stored === null) throw notFound("This rehearsal");
  return stored;
}

const died = ended("process_died");

/** Its connection went with its process, and the database took everything back; only the row does not know. */
function isDead({ status, isSilent }: StoredRehearsal): boolean {
  return status === "running" && isSilent;
}

function toRow(stored: StoredRehearsal): RehearsalRow {
  const { id, byName, at, endedAt, fileName, importId, totals, errorCode, errorMessage } = stored;
  const told = errorCode === null ? null : { code: errorCode, message: errorMessage ?? "" };
  const end = isDead(stored) ? { status: died.status, error: died.failure } : { status: stored.status, error: told };
  return { id, ...end, byName, at, endedAt, fileName, importId, totals };
}

/** JSON has no instants. */
function toStep(step: StepDto): StepDto {
  const instant = (at: Date | string | null) => (at === null ? null : new Date(at));
  return { ...step, startedAt: instant(step.startedAt), endedAt: instant(step.endedAt) };
}
