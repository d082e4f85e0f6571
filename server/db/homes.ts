/**
 * Where a client's rows lie. Usually with everybody else's; in a database that Citus has distributed on one of its nodes, where a
 * schema, the client's home, shows its parts of the tables under their plain names (cluster/homes). Work for a client is done
 * there, by the same statements.
 */
import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "./db.ts";
import { type Home, moving } from "./nodes.ts";
import type { RootDb } from "./pools.ts";
import { sqlStateOf } from "./sql-errors.ts";

/** A schema that is not there: the home is gone. */
const NO_SUCH_SCHEMA = "3F000";

/**
 * Lends the client's home to work that begins with `entering`. Throws `unavailable` where the cluster has none for it, as while it is
 * migrated or its parts are moved; then nothing was done.
 */
export async function inHome<T>(db: RootDb, client: ClientId, work: (home: Home) => Promise<T>): Promise<T> {
  const home = await homeOf(db, client);
  if (home.schema === null) return work(home);
  try {
    return await work(home);
  } catch (error) {
    if (sqlStateOf(error) !== NO_SUCH_SCHEMA) throw error;
    db.homes.forget(client);
    throw moving(`${home.schema} is gone`, error);
  }
}

/** The client's home, as it was a moment ago. Throws as `inHome`. */
export async function homeOf(db: RootDb, client: ClientId): Promise<Home> {
  return (await db.homes.find(client)) ?? { db, schema: null };
}

/** The databases that have clients' rows, and with them the jobs of clients: usually this one alone. */
export async function placesOf(db: RootDb): Promise<RootDb[]> {
  return (await db.homes.listNodes()) ?? [db];
}

/**
 * What a session or a transaction (`local`) begins with to find the client's tables; nothing where that is so anyway. A path may name
 * what is not there, and would lead to tables in `public` that a cluster has no rows in: so the schema is asked for. Each is to be
 * sent by itself: the text of a local setting Citus hands on to other nodes, which do not have this home.
 */
export function entering({ schema }: Home, scope: "local" | "session"): string[] {
  if (schema === null) return [];
  return [`set ${scope} search_path = ${schema}, public`, `select '${schema}'::regnamespace`];
}

/** A table's own name, for COPY and ANALYZE, which take no view: a home shows its tables through views. */
export async function tableItself(owner: Db, table: string): Promise<string> {
  const [row] = await owner.query<{ name: string }>(sql`select table_itself(${table})::text as name`);
  return row!.name;
}
