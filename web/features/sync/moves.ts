import type { RunDto } from "../../../server/sync/schema.ts";
import { csvOf } from "../../lib/download.ts";

export type TierMove = RunDto["tierMoves"][number];

/** The moves of one kind, in the server's order. */
export function movesOf(moves: readonly TierMove[], status: "promoted" | "demoted"): TierMove[] {
  return moves.filter((move) => move.status === status);
}

/** The moves of one kind as a file, tiers by name. */
export function movesCsv(
  moves: readonly TierMove[],
  status: "promoted" | "demoted",
  nameOf: (tierId: string) => string,
): string {
  const rows = movesOf(moves, status).map((move) => [
    move.handle,
    nameOf(move.tierBefore),
    nameOf(move.tierAfter),
    move.metricValue,
  ]);
  return csvOf([["Handle", "From", "To", "Value"], ...rows]);
}
