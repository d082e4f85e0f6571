/** Makes the homes of a distributed database on its nodes, and takes them away again. */
import { createHash } from "node:crypto";
import pg from "pg";
import { AppError } from "../../base/errors.ts";
import type { Db } from "../../db/db.ts";
import { migrateQueue } from "../../db/migrate.ts";
import { type NodeAddress, nodeUrl } from "../../db/nodes.ts";
import { ensureRoles } from "../../db/roles.ts";
import { pgDb } from "../../db/tx.ts";
import { dropHome, makeHome } from "./rules.ts";
import type { Blueprint, Part, PlacedTrigger } from "./schema.ts";
import * as store from "./sql.ts";

export interface HomesOptions {
  /** address of the coordinator; nodes are reached with the same user, password and database */
  url: string;
  /** answers the homes that would be made, and changes nothing */
  isDryRun?: boolean | undefined;
  say?: ((line: string) => void) | undefined;
}

/**
 * Makes on every node the homes of its parts that are not there or were made from something else, and takes away those of parts
 * that have moved: each node in one transaction. Answers the homes that were made. Throws an AppError that names the node.
 */
export async function makeHomes(owner: Db, options: HomesOptions): Promise<string[]> {
  const blueprint = await store.readBlueprint(owner);
  const parts = await store.listParts(owner);
  const made: string[] = [];
  for (const node of await store.listNodes(owner)) {
    const ofNode = parts.filter((part) => part.node.group === node.group);
    const homes = await onNode(node, options, async (db, client) => {
      const plan = await planOfNode(db, ofNode, blueprint);
      if (options.isDryRun === true) return plan.missing.map(({ home }) => home);
      await ensureRoles(client);
      await store.dropHollowQueue(db);
      return makeOnNode(db, plan, blueprint);
    });
    if (options.isDryRun !== true && ofNode.length > 0) await makeQueue(node, options);
    made.push(...homes);
    if (homes.length > 0) options.say?.(`${node.host}:${node.port}: ${homes.join(", ")}`);
  }
  return made;
}

/** Takes all homes away, as a migration or a move of parts needs it. Nobody may work on clients until they are made again. */
export async function dropHomes(owner: Db, options: Pick<HomesOptions, "url">): Promise<string[]> {
  const copies = await store.listCopies(owner);
  const parts = await store.listParts(owner);
  const dropped: string[] = [];
  for (const node of await store.listNodes(owner)) {
    const ofNode = parts.filter((part) => part.node.group === node.group);
    const homes = await onNode(node, options, async (db) => {
      const triggers = await triggersOf(db, ofNode, copies);
      const standing = await store.listHomes(db);
      for (const { home } of standing) await runAll(db, dropHome(home, triggers));
      await runAll(db, switchCopies("enable", triggers, copies));
      return standing.map(({ home }) => home);
    });
    dropped.push(...homes);
  }
  return dropped;
}

interface NodePlan {
  triggers: readonly PlacedTrigger[];
  /** homes of parts that have moved, or made from something else */
  stale: readonly string[];
  missing: readonly Part[];
}

async function planOfNode(db: Db, parts: readonly Part[], blueprint: Blueprint): Promise<NodePlan> {
  const triggers = await triggersOf(db, parts, blueprint.copies);
  const wanted = new Map(parts.map((part) => [part.home, fingerprint(part, blueprint, triggers)]));
  const standing = await store.listHomes(db);
  const stale = standing.filter(({ home, madeFrom }) => wanted.get(home) !== madeFrom).map(({ home }) => home);
  const isThere = (home: string) => standing.some((one) => one.home === home) && !stale.includes(home);
  return { triggers, stale, missing: parts.filter(({ home }) => !isThere(home)) };
}

async function makeOnNode(db: Db, { triggers, stale, missing }: NodePlan, blueprint: Blueprint): Promise<string[]> {
  for (const home of stale) await runAll(db, dropHome(home, triggers));
  await runAll(db, switchCopies("disable", triggers, blueprint.copies));
  for (const part of missing) {
    await runAll(db, [
      ...makeHome(part, blueprint, triggersFor(part, triggers, blueprint)),
      `comment on schema ${part.home} is '${fingerprint(part, blueprint, triggers)}'`,
    ]);
    // Rows that came from another server bear that one's numbers of transactions.
    await store.forgetFuture(db, part.home);
  }
  return missing.map(({ home }) => home);
}

function triggersOf(db: Db, parts: readonly Part[], copies: Blueprint["copies"]): Promise<PlacedTrigger[]> {
  return store.listPlacedTriggers(
    db,
    parts.flatMap(({ tables }) => tables.map(({ part }) => part)),
    copies.map(({ part }) => part),
  );
}

/** Those of the part's own tables, and those of copies as they stand in `public`, not in another home. */
function triggersFor(part: Part, triggers: readonly PlacedTrigger[], { copies }: Blueprint): PlacedTrigger[] {
  const own = new Set(part.tables.map((table) => table.part));
  const copied = new Set(copies.map((copy) => copy.part));
  return triggers.filter(
    ({ table, functionSchema }) => own.has(table) || (copied.has(table) && functionSchema === "public"),
  );
}

/** On copies the triggers of homes take the place of those that every node would run. */
function switchCopies(
  to: "enable" | "disable",
  triggers: readonly PlacedTrigger[],
  copies: Blueprint["copies"],
): string[] {
  const copied = new Set(copies.map((copy) => copy.part));
  return triggers
    .filter(({ table, functionSchema }) => copied.has(table) && functionSchema === "public")
    .map(({ table, name }) => `alter table ${table} ${to} trigger ${name}`);
}

/** What a home was made from, so that one made from something else is made anew. The same whichever functions its triggers call now. */
function fingerprint(part: Part, blueprint: Blueprint, triggers: readonly PlacedTrigger[]): string {
  return createHash("sha256")
    .update(JSON.stringify(makeHome(part, blueprint, triggersFor(part, triggers, blueprint))))
    .digest("hex");
}

async function runAll(db: Db, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await store.run(db, statement);
}

/** What we make on a node is that node's alone; and its parts are to be seen by name. */
const ALONE = "-c citus.enable_ddl_propagation=off -c citus.override_table_visibility=off";

async function onNode<T>(
  node: NodeAddress,
  { url }: Pick<HomesOptions, "url">,
  work: (db: Db, client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: nodeUrl(url, node),
    application_name: "muster cluster",
    options: ALONE,
  });
  client.on("error", () => {
    // The query that is under way rejects by itself.
  });
  try {
    await client.connect();
    // With nothing else in the path PostgreSQL says everything with its schema.
    await client.query("begin; set local search_path = pg_catalog");
    const done = await work(pgDb(client), client);
    await client.query("commit");
    return done;
  } catch (error) {
    throw failedOn(node, error);
  } finally {
    await client.end();
  }
}

async function makeQueue(node: NodeAddress, { url }: HomesOptions): Promise<void> {
  try {
    await migrateQueue(nodeUrl(url, node));
  } catch (error) {
    throw failedOn(node, error);
  }
}

function failedOn({ host, port }: NodeAddress, cause: unknown): AppError {
  const why = (cause as Error).message.replace(/\.?$/, ".");
  return new AppError(
    "conflict",
    `On the node ${host}:${port}: ${why} What was done on other nodes stays, and running this again goes on here.`,
    { cause },
  );
}
