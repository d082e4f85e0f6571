import { join, type Sql, sql } from "../db/db.ts";
import { MONEY_TYPES } from "./rules.ts";

/** What a reward, by its alias, is worth in the client's money, as numeric; null for one that has no price. */
export function moneyValue(reward: Sql): Sql {
  return sql`case when ${reward}.type in (${join(MONEY_TYPES)}) then (${reward}.value_data ->> 'amount')::numeric end`;
}
