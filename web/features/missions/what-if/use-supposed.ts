import type { WhatIf } from "../../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import { useMissionSearch } from "../use-mission.ts";
import { supposedTerms } from "./supposed-terms.ts";

const NOTHING = { ifTier: undefined, ifTarget: undefined, ifEnabled: undefined };

/** What the address supposes of this mission, and the ways to suppose something else; the lists go back to their first page. */
export function useSupposed(mission: MissionDto) {
  const { search, filter } = useMissionSearch();
  const supposed = supposedTerms(mission, search);
  /** Supposes other terms; those not named stay, those equal to the saved ones leave the address. */
  const suppose = ({ tierEligibility, targetValue, enabled }: WhatIf) => {
    const next = supposedTerms(mission, {
      ifTier: tierEligibility ?? search.ifTier,
      ifTarget: targetValue ?? search.ifTarget,
      ifEnabled: enabled ?? search.ifEnabled,
    });
    const isHeldBack = !mission.enabled && next.enabled === undefined;
    filter({ ifTier: next.tier, ifTarget: next.target, ifEnabled: isHeldBack ? false : undefined });
  };
  return { ...supposed, suppose, reset: () => filter(NOTHING) };
}
