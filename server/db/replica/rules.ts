/** How old the data of a replica is, and what follows from it. Positions are places in the log (WAL) that the primary writes. */

/** Data older than this is not shown while the primary has newer. */
export const MOST_BEHIND_MS = 30_000;
/** How many positions of the primary are remembered: ten minutes of them. */
const REMEMBERED = 300;

/** Everything that was committed by this instant stands in the primary's log before this position. */
export interface Mark {
  at: number;
  position: bigint;
}

/**
 * starting: not looked at yet · in_use · behind: further than may be · away: not reached · foreign: no replica of this database
 */
export type ReplicaState = "starting" | "in_use" | "behind" | "away" | "foreign";

/**
 * Who answered what might have come from the replica: the replica, or the primary because of its state, or because the replica had
 * no connection left (busy), ended the read in favour of its replay (conflict), lost the connection (cut), did not know what was
 * asked for (refused) or could not answer (failed).
 */
export type Served = "replica" | "busy" | "conflict" | "cut" | "refused" | "failed" | Exclude<ReplicaState, "in_use">;

/** Remembers one more mark. */
export function withMark(marks: readonly Mark[], mark: Mark): Mark[] {
  return [...marks.slice(1 - REMEMBERED), mark];
}

/** The instant whose data a replica that has replayed so far holds at least; null when that is longer ago than is remembered. */
export function asOfPosition(marks: readonly Mark[], replayed: bigint): Date | null {
  const reached = marks.findLast(({ position }) => position <= replayed);
  return reached === undefined ? null : new Date(reached.at);
}

/** Whether data of that instant may still be shown. */
export function isFresh(asOf: Date | null, now: number): asOf is Date {
  return asOf !== null && now - asOf.getTime() <= MOST_BEHIND_MS;
}
