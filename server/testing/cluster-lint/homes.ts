/** Whether statements can be planned in a client's home (cluster/homes), where the tables are views over their parts. */
import pg from "pg";
import { makeHomes } from "../../cluster/homes/service.ts";
import { planOf } from "../../cluster/rules.ts";
import { readFacts } from "../../cluster/service.ts";
import { pgDb } from "../../db/tx.ts";
import { makeParts } from "../parts.ts";

export interface HomesPlace {
  /** of a database with homes, as its owner */
  url: string;
  /** the schema of one of them */
  home: string;
}

/** Makes parts and homes in an empty migrated database; answers the homes. */
export async function makePlace(url: string): Promise<string[]> {
  const owner = new pg.Client(url);
  await owner.connect();
  try {
    const { steps } = planOf({ ...(await readFacts(pgDb(owner))), citus: "a stand-in" });
    const placed = (place: string) => steps.filter((step) => step.place === place).map(({ table }) => table);
    await makeParts(url, { copies: placed("reference"), distributed: placed("distributed") });
    return await makeHomes(pgDb(owner), { url });
  } finally {
    await owner.end();
  }
}

/** A write to a table of which every node has a copy, under a name that means the node's own copy in a home. */
const WRITE_TO_COPY =
  /\b(?:insert into|update|delete from)\s+(clients|memberships|admins|admin_(?:accounts|sessions|verifications))\b/i;

/** What is refused in a home: by PostgreSQL, which plans it with tables and not with views, or because it writes to a copy. */
export async function refusedInHome(texts: readonly string[], { url, home }: HomesPlace): Promise<Map<string, string>> {
  const refused = new Map<string, string>();
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const text of texts) {
      const [, copy] = WRITE_TO_COPY.exec(text) ?? [];
      if (copy !== undefined) refused.set(text, `every node has a copy of ${copy}: write to public.${copy}`);
      const problem = await planned(client, text, `${home}, public`);
      if (problem !== null && (await planned(client, text, "public")) === null) refused.set(text, problem);
    }
  } finally {
    await client.end();
  }
  return refused;
}

/** Why it cannot be planned, or null. A cursor is planned as its query; what is no query has no plan. */
async function planned(client: pg.Client, text: string, path: string): Promise<string | null> {
  const query = text.replace(/^\s*declare answer no scroll cursor for/i, "");
  if (!/^\s*(?:with|select|insert|update|delete|merge)\b/i.test(query)) return null;
  try {
    await client.query(`set search_path = ${path}`);
    await client.query(`prepare planned as ${query}`);
    await client.query("deallocate planned");
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
