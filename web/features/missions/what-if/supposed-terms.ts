import type { WhatIf } from "../../../../server/eligibility/schema.ts";
import type { MissionDto, MissionUpdateInput } from "../../../../server/missions/schema.ts";
import { withoutZeros } from "../../../lib/amounts.ts";
import type { Ladder } from "../../../lib/ladder.ts";
import { targetText, tierRule, tierRuleWords } from "../../../lib/mission-words.ts";

/** What the address supposes of a mission. */
export interface SupposedSearch {
  ifTier?: string | undefined;
  ifTarget?: string | undefined;
  ifEnabled?: boolean | undefined;
}

/** What is supposed beyond what is saved. */
export interface SupposedTerms {
  /** Undefined: as saved. */
  tier: string | undefined;
  target: string | undefined;
  /** Only of a draft, which is counted as if it were enabled unless somebody says otherwise. */
  enabled: true | undefined;
  /** What the server is asked; undefined when nothing is supposed. */
  whatIf: WhatIf | undefined;
  /** True when a term differs that saving would change; a draft counted as enabled is not such a one. */
  isSupposing: boolean;
}

type Saved = Pick<MissionDto, "missionType" | "tierEligibility" | "targetValue" | "enabled">;

/** Reads the address against the mission: terms equal to the saved ones suppose nothing. */
export function supposedTerms(mission: Saved, search: SupposedSearch): SupposedTerms {
  const { ifTier, ifTarget, ifEnabled } = search;
  const tier = ifTier === mission.tierEligibility ? undefined : ifTier;
  const isTarget = ifTarget !== undefined && mission.missionType !== "raffle";
  const target = isTarget && withoutZeros(ifTarget) !== withoutZeros(mission.targetValue) ? ifTarget : undefined;
  const enabled = mission.enabled || ifEnabled === false ? undefined : true;
  const isSupposing = tier !== undefined || target !== undefined;
  const whatIf: WhatIf = {
    ...(tier === undefined ? {} : { tierEligibility: tier }),
    ...(target === undefined ? {} : { targetValue: target }),
    ...(enabled === undefined ? {} : { enabled }),
  };
  return { tier, target, enabled, whatIf: isSupposing || enabled === true ? whatIf : undefined, isSupposing };
}

/** What stands before the sentence with the numbers: "If it were for Silver or higher, ". Empty when nothing is supposed. */
export function supposedPrefix(
  mission: Saved,
  { tier, target, enabled }: SupposedTerms,
  ladder: Pick<Ladder, "size" | "rankOf" | "byId">,
  currency: string,
): string {
  const asked = [
    ...(tier === undefined ? [] : [`for ${tierRuleWords(tierRule(tier, ladder))}`]),
    ...(target === undefined ? [] : [`at ${targetText(mission.missionType, target, currency)}`]),
  ].join(" ");
  if (asked === "") {
    return enabled === true ? "If it were enabled, " : "";
  }
  return `${enabled === true ? "If enabled" : "If it were"} ${asked}, `;
}

/** Why a button that writes is closed while other terms than the saved ones are on show. */
export const NOT_SAVED_REASON = "These numbers are for terms that are not saved. Reset them, or save them first.";

/**
 * The mission as it would be saved with the supposed tier and target. Who sees it locked must stand below its tier: where that
 * would no longer hold, nobody does.
 */
export function savedWith(
  mission: MissionDto,
  { tier, target }: Pick<SupposedTerms, "tier" | "target">,
  ladder: Pick<Ladder, "rankOf">,
): MissionUpdateInput {
  const tierEligibility = tier ?? mission.tierEligibility;
  return {
    missionId: mission.id,
    title: mission.title,
    displayName: mission.displayName,
    description: mission.description,
    targetValue: target ?? mission.targetValue,
    rewardId: mission.reward?.id ?? null,
    tierEligibility,
    previewFromTier:
      tier === undefined || isBelow(mission.previewFromTier, tier, ladder) ? mission.previewFromTier : null,
    displayOrder: mission.displayOrder,
    raffleEndDate: mission.raffleEndDate,
    enabled: mission.enabled,
  };
}

function isBelow(from: string | null, tier: string, ladder: Pick<Ladder, "rankOf">): boolean {
  const [low, high] = [from === null ? null : ladder.rankOf(from), ladder.rankOf(tier)];
  return low !== null && high !== null && low < high;
}
