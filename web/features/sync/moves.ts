import type { RunDto } from "../../../server/sync/schema.ts";

export type TierMove = RunDto["tierMoves"][number];

/** The moves of one kind, in the server's order. */
export function movesOf(moves: readonly TierMove[], status: "promoted" | "demoted"): TierMove[] {
  return moves.filter((move) => move.status === status);
}
