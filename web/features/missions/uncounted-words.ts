import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";

type Judged = Pick<MissionDto, "enabled" | "isTierKnown">;
type Counts = Pick<MissionCountsDto, "eligible" | "seeded"> | undefined | "failed";

/** A draft that was never seeded has nothing to count. */
function isUncounted({ enabled }: Pick<Judged, "enabled">, counts: Counts): boolean {
  return !enabled && (counts === undefined || counts === "failed" || counts.seeded === 0);
}

/** What is said in place of noughts, which would look as if everybody had been judged and nobody qualified. */
export function insteadOfCounts(mission: Judged, counts: Counts): string | undefined {
  if (isUncounted(mission, counts)) {
    return "counts once enabled";
  }
  const isEmpty = typeof counts === "object" && counts.eligible === 0 && counts.seeded === 0;
  return isEmpty && !mission.isTierKnown ? "cannot be judged: tier not in the ladder" : undefined;
}
