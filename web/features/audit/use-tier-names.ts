import { useLadder } from "../../lib/ladder.ts";

/** The name of a tier by its id, as the ladder has it now; the id itself where the ladder has none. */
export function useTierNames(): (tierId: string) => string {
  const ladder = useLadder();
  return (tierId) => ladder.byId(tierId)?.tierName ?? tierId;
}
