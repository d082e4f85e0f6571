/**
 * Applies prisma/migrations in order. Prisma's own engine has to be downloaded, which not every machine can do; this runner
 * keeps Prisma's bookkeeping to the letter, so that `prisma migrate deploy` elsewhere finds nothing left to do.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { StartError } from "../base/start-error.ts";
import { PROJECT_ROOT } from "../env.ts";
import { createPool } from "./pool.ts";
import { ensureRoles } from "./roles.ts";

/** The number that Prisma's engine locks too: the two never migrate at the same time. */
const PRISMA_LOCK = 72_707_369;

const MIGRATIONS = join(PROJECT_ROOT, "prisma", "migrations");

const CREATE_BOOKKEEPING = `
create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

interface Migration {
  name: string;
  script: string;
}

interface Applied {
  migration_name: string;
  checksum: string;
  is_finished: boolean;
  logs: string | null;
}

/**
 * Brings the database at `url` (its owner's) up to the code: roles, migrations, the job queue's tables. Idempotent and safe
 * to run from several processes at once. Answers the names applied now. Throws `StartError` for a database that is newer
 * than the code, whose migrations were edited, or where one failed.
 */
export async function migrate(url: string, folder: string = MIGRATIONS): Promise<{ applied: string[] }> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "muster migrate",
    options: "-c timezone=UTC",
  });
  client.on("error", () => {
    // The statement in flight rejects; this only keeps the event from ending the process.
  });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    await ensureRoles(client);
    const applied = await applyPending(client, readMigrations(folder));
    await migrateQueue(url);
    await forgetFuture(client);
    return { applied };
  } finally {
    await client.end();
  }
}

/**
 * A database restored from another cluster has kept snapshots of transactions that are yet to come here. Of a distributed one the
 * nodes are asked, which number their transactions each by itself, when homes are made there.
 */
async function forgetFuture(client: pg.Client): Promise<void> {
  if (await isDistributed(client)) return;
  const { rows } = await client.query("select to_regprocedure('forget_future_snapshots()') is not null as is_there");
  if (rows[0].is_there === true) await client.query("select forget_future_snapshots()");
}

async function isDistributed(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query("select to_regclass('pg_dist_partition') is not null as has_citus");
  if (rows[0].has_citus !== true) return false;
  const { rowCount } = await client.query(
    "select from pg_dist_partition where logicalrelid = to_regclass('public.users')",
  );
  return rowCount === 1;
}

/** A home shows columns as they were when it was made, and holds on to them. */
async function refuseInhabited(client: pg.Client): Promise<void> {
  if (!(await isDistributed(client))) return;
  const { rows } = await client.query<{ homes: number | null }>(`
    select sum(result::int)::int as homes
    from run_command_on_all_nodes($$select count(*) from pg_namespace where nspname ~ '^home_[0-9]+$'$$) where success`);
  if ((rows[0]!.homes ?? 0) > 0) {
    throw new StartError(
      "The database is distributed, and has the homes of clients. Stop all servers and workers, run `npm run muster -- cluster:vacate`, then `npm run db:migrate` and `npm run muster -- cluster:distribute`, and start them again.",
    );
  }
}

/** Names of migrations that the code has and the database does not: empty when it is current. For the health check. */
export async function pendingMigrations(
  query: (text: string) => Promise<{ migration_name: string }[]>,
): Promise<string[]> {
  const done = await query(
    "select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const names = new Set(done.map((row) => row.migration_name));
  return readMigrations(MIGRATIONS).flatMap(({ name }) => (names.has(name) ? [] : [name]));
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const done = await readBookkeeping(client);
  refuseForeign(done, migrations);
  const finished = new Map(done.map((row) => [row.migration_name, row]));
  const applied: string[] = [];
  if (migrations.some(({ name }) => !finished.has(name))) await refuseInhabited(client);
  for (const migration of migrations) {
    const row = finished.get(migration.name);
    if (row === undefined) {
      await apply(client, migration);
      applied.push(migration.name);
    } else refuseEdited(row, migration);
  }
  return applied;
}

async function readBookkeeping(client: pg.Client): Promise<Applied[]> {
  await client.query("set client_min_messages = warning");
  await client.query(CREATE_BOOKKEEPING).catch((error: unknown) => {
    throw (error as { code?: string }).code === "42501" ? notOwner(error) : error;
  });
  const { rows } = await client.query<Applied>(
    `select migration_name, checksum, finished_at is not null as is_finished, logs
     from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

function notOwner(error: unknown): StartError {
  return new StartError(
    `The database user may not make tables here (${(error as Error).message}): as an administrator run \`alter database <this database> owner to <the user of DATABASE_URL>\` and start again.`,
    error,
  );
}

function refuseForeign(done: readonly Applied[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = done.filter((row) => !known.has(row.migration_name)).map((row) => row.migration_name);
  if (newer.length > 0) {
    throw new StartError(
      `The database is newer than this code: it has ${newer.join(", ")}, which this version does not know. Start the newer version, or restore an older backup.`,
    );
  }
  const failed = done.find((row) => !row.is_finished);
  if (failed !== undefined) {
    const reason = failed.logs?.trim().split("\n")[0] ?? "it was interrupted";
    throw new StartError(
      `Migration ${failed.migration_name} failed earlier (${reason}). Nothing of it stayed; once the reason is gone, delete its row from _prisma_migrations and start again.`,
    );
  }
}

function refuseEdited(row: Applied, migration: Migration): void {
  // A checkout with Windows line ends is not an edit.
  const lf = migration.script.replaceAll("\r\n", "\n");
  const same = [migration.script, lf, lf.replaceAll("\n", "\r\n")].some((text) => checksum(text) === row.checksum);
  if (same) return;
  throw new StartError(
    `Migration ${migration.name} was edited after it was applied to this database. Restore the file; a change needs a migration of its own.`,
  );
}

/**
 * One simple query is one transaction: the migration and its row are there together or not at all, so a process killed in the
 * middle leaves nothing that the next start would have to judge.
 */
async function apply(client: pg.Client, { name, script }: Migration): Promise<void> {
  const values = [randomUUID(), checksum(script), name].map((value) => client.escapeLiteral(value)).join(", ");
  const done = `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    values (${values}, clock_timestamp(), 1)`;
  try {
    await client.query(`${script}\n;\n${done}`);
  } catch (error) {
    const { message, code, position } = error as { message: string; code?: string; position?: string };
    // Class 57 and no class at all: the server or the connection went away, which says nothing about the migration.
    if (code === undefined || code.startsWith("57")) {
      throw new StartError(`Migration ${name} was interrupted (${message}); nothing of it stayed. Start again.`, error);
    }
    const where = position === undefined ? "" : ` at line ${lineOf(script, Number(position))}`;
    await client.query("insert into _prisma_migrations (id, checksum, migration_name, logs) values ($1, $2, $3, $4)", [
      randomUUID(),
      checksum(script),
      name,
      `${message}${where}`,
    ]);
    throw new StartError(`Migration ${name} failed${where}: ${message}`, error);
  }
}

/** Each node of a cluster has a queue of its own, for the clients it has: none gets parts of another's. Elsewhere it means nothing. */
const ALONE = "-c citus.enable_ddl_propagation=off";

/** graphile-worker's tables belong to the owner, so they are made here and not by the first worker. */
export async function migrateQueue(url: string): Promise<void> {
  const pool = createPool({ connectionString: url, application_name: "muster migrate", max: 2, options: ALONE });
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
  } catch (error) {
    // The queue sets an exit code of its own before it throws.
    process.exitCode = undefined;
    if (!/schema revision/.test((error as Error).message)) throw error;
    throw new StartError("The database is newer than this code: its job queue was migrated by a later version.", error);
  } finally {
    await pool.end();
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "migration.sql")))
    .map((entry) => ({ name: entry.name, script: readFileSync(join(folder, entry.name, "migration.sql"), "utf8") }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function checksum(script: string): string {
  return createHash("sha256").update(script).digest("hex");
}

function lineOf(script: string, position: number): number {
  return script.slice(0, position).split("\n").length;
}
