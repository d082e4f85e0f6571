import type { MissionDto } from "../../../server/missions/schema.ts";

/** Why a mission cannot be seeded now, or undefined when it can; `open` is how many rows are missing, if known. */
export function reasonNotToSeed(mission: Pick<MissionDto, "enabled">, open: number | undefined): string | undefined {
  if (!mission.enabled) {
    return "This mission is a draft. Activate it, or enable it under Settings; then it can be seeded.";
  }
  return open === 0 ? "Nothing to create: everybody who qualifies already has a row." : undefined;
}
