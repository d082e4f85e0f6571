import { type TxOptions, WHOLE_PROGRAMME_MS } from "../db/tx.ts";

/**
 * Counting and inserting see one snapshot, so that what is told is what was done. Two seedings at once: the later one meets
 * the earlier one's rows, is run again and finds them there already. A first seed of a large programme takes minutes.
 */
export const SEEDING: TxOptions = { isolation: "repeatable read", retry: true, timeoutMs: WHOLE_PROGRAMME_MS };
