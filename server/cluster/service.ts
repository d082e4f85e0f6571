/** Turns a migrated database into one that is distributed over the nodes of a Citus cluster. */
import type pg from "pg";
import { AppError } from "../base/errors.ts";
import type { Db } from "../db/db.ts";
import { pendingMigrations } from "../db/migrate.ts";
import { REQUEST_ROLE } from "../db/pools.ts";
import type { RootDb } from "../db/pools.ts";
import { sqlStateOf } from "../db/sql-errors.ts";
import { pgDb, withOwner } from "../db/tx.ts";
import { dropHomes, makeHomes } from "./homes/service.ts";
import { planOf } from "./rules.ts";
import type { Facts, Place, Plan } from "./schema.ts";
import * as store from "./sql.ts";

export interface DistributeOptions {
  /** answers the plan and changes nothing */
  isDryRun?: boolean;
  /** hears of every table that was made */
  say?: (line: string) => void;
}

export interface Distribution {
  plan: Plan;
  /** tables that were made now */
  made: string[];
  /** and homes of clients */
  homes: string[];
}

/**
 * Distributes what is not distributed yet, table by table, each in a transaction of its own: what is done stays done, and running
 * it again goes on. Then makes the homes of clients on the nodes. Throws an AppError with sentences when something stands in the
 * way, before anything is changed.
 */
export function distribute(db: RootDb, options: DistributeOptions = {}): Promise<Distribution> {
  return withOwner(db, async (connection) => {
    const owner = pgDb(connection);
    await store.lock(owner);
    try {
      const plan = planOf(await readFacts(owner));
      if (plan.obstacles.length > 0) throw new AppError("conflict", plan.obstacles.join("\n"));
      if (options.isDryRun === true) {
        const homes = plan.steps.every(({ isDone }) => isDone)
          ? await makeHomes(owner, { url: db.url, isDryRun: true })
          : [];
        return { plan, made: [], homes };
      }
      await makeSettings(owner);
      const made = await makeTables(connection, plan, options);
      for (const statement of await store.listViewGrants(owner)) await store.set(owner, statement);
      const homes = await makeHomes(owner, { url: db.url, say: options.say });
      return { plan, made, homes };
    } finally {
      await store.unlock(owner);
    }
  });
}

/** Takes the homes of all clients away and answers them: before migrations, and before parts are moved to other nodes. */
export function vacate(db: RootDb): Promise<string[]> {
  return withOwner(db, async (connection) => {
    const owner = pgDb(connection);
    await store.lock(owner);
    try {
      // Pending migrations, and tables that another release has made, are what it is done for.
      const { citus, isCoordinator } = await store.findInstallation(owner);
      if (citus === null || !isCoordinator) {
        throw new AppError(
          "conflict",
          "DATABASE_URL must name the coordinator of a Citus cluster; only there are homes known.",
        );
      }
      return await dropHomes(owner, { url: db.url });
    } finally {
      await store.unlock(owner);
    }
  });
}

/** What the catalogue says about the schema and the cluster. */
export async function readFacts(db: Db): Promise<Facts> {
  const installation = await store.findInstallation(db);
  return {
    ...installation,
    pendingMigrations: await pendingMigrations(() => store.listMigrations(db)),
    tables: await store.listTables(db, { isCluster: installation.citus !== null }),
    keys: await store.listKeys(db),
    foreignKeys: await store.listForeignKeys(db),
    policies: await store.listPolicies(db),
    triggers: await store.listTriggers(db),
    otherSchemas: await store.listOtherSchemas(db),
  };
}

/** Before the first table, so that somebody who may not make them has changed nothing. */
async function makeSettings(db: Db): Promise<void> {
  const statements = await store.listSettingStatements(db, REQUEST_ROLE);
  for (const statement of statements) {
    try {
      await store.set(db, statement);
    } catch (error) {
      if (sqlStateOf(error) !== "42501") throw error;
      throw new AppError(
        "forbidden",
        `The database user may not make the settings that a cluster needs (${(error as Error).message}): as an administrator run\n${statements.map((one) => `  ${one};`).join("\n")}\nand this again.`,
        { cause: error },
      );
    }
  }
}

async function makeTables(connection: pg.ClientBase, { steps }: Plan, { say }: DistributeOptions): Promise<string[]> {
  // The first distributed table begins the group that all others are put into.
  let group = steps.find((step) => step.place === "distributed" && step.isDone)?.table ?? null;
  const made: string[] = [];
  for (const { table, place, isDone } of steps) {
    if (!isDone) {
      await makeTable(connection, table, place, group);
      made.push(table);
      say?.(place === "reference" ? `${table}: a copy on every node` : `${table}: distributed`);
    }
    if (place === "distributed") group ??= table;
  }
  return made;
}

async function makeTable(connection: pg.ClientBase, table: string, place: Place, group: string | null): Promise<void> {
  await connection.query("begin");
  try {
    await store.place(pgDb(connection), table, place, group);
    await connection.query("commit");
  } catch (error) {
    await connection.query("rollback");
    throw new AppError(
      "conflict",
      `${table} could not be made ${place}: ${(error as Error).message}. What was made before it stays; once the reason is gone, run this again and it goes on here.`,
      { cause: error },
    );
  }
}
