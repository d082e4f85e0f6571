import { MISSED_AFTER_MS } from "./due-rules.ts";

/** Asks the database as the owner, who sees all clients. */
export type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

/**
 * How many clients have a due time that passed without anything coming of it: one index scan, no name. The scheduler moves
 * `next_due_at` with every claim, so one that lies behind says that none is at work, whoever asks.
 */
export async function countOverdue(ask: Ask, now: Date): Promise<number> {
  const [row] = await ask<{ count: number }>(
    `select count(*)::int as count from schedules
     where enabled and next_due_at < $1 and greatest(next_due_at, silent_until) < $1`,
    [new Date(now.getTime() - MISSED_AFTER_MS)],
  );
  return row!.count;
}
