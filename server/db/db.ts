/**
 * The one database handle that services and sql files see: two methods over tagged SQL.
 * `Sql` carries `.text` ($1, $2 …) and `.values`, so the same statement runs in a Prisma transaction and on a pg client.
 */
import { Prisma } from "./generated/client.ts";

export type Sql = Prisma.Sql;

/** Tagged SQL; interpolated values become parameters, nested `sql` fragments are spliced in. */
export const sql = Prisma.sql;
export const join = Prisma.join;
/** The empty fragment, for optional clauses. */
export const nothing = Prisma.empty;

/** A handle inside an open transaction. Services open transactions; `sql.ts` and steps only take one. */
export interface Db {
  /** Runs a statement that answers rows. Cast bigint to int or text and money and days to text in the SQL. */
  query<Row extends object>(statement: Sql): Promise<Row[]>;
  /** Runs a statement for its effect and answers the number of rows it touched. */
  execute(statement: Sql): Promise<number>;
}
