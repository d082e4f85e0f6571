import type { Db, Sql } from "./db.ts";

/**
 * A set of records that their owner can put right. What a preview names and what is written are one relation, so that they cannot
 * differ within a snapshot.
 */
export interface Repair {
  /** Selects each record that is written, once: `key` (which one, and what is written to it), `label` and `detail`, all text. */
  concerned: Sql;
  /** Writes exactly those and answers how many. */
  apply: (tx: Db) => Promise<number>;
  /** Why so many are not written from here, a sentence that says where they are; null: they are. */
  refusal?: (count: number) => string | null;
}
