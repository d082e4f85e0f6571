/** What stands of a client, so that a test can tell whether anything moved. */
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import type { RootDb } from "../db/pools.ts";
import { asOwner } from "./builders.ts";

/** A checksum of every table's rows of a client. */
export function pictureOf(db: RootDb, clientId: ClientId): Promise<Record<string, string>> {
  return asOwner(db, async (owner) => {
    const tables = await owner.query<{ name: string }>(sql`
      select c.relname::text as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id' and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`);
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await owner.query<{ sum: string }>(sql`
        select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
        from ${Prisma.raw(`"${name}"`)} t where client_id = ${clientId}::uuid`);
      sums[name] = row!.sum;
    }
    return sums;
  });
}
