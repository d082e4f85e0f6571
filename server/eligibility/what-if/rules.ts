import { isSameDecimal } from "../../base/decimal.ts";
import { counted, formatCount } from "../../base/text.ts";
import { goalRefusal, type Refusal, tierRefusal } from "../../missions/rules.ts";
import type { MissionDto } from "../../missions/schema.ts";
import type { PreviewDto, WhatIf } from "../schema.ts";
import type { RelaxHint, RelaxKind } from "./schema.ts";

/** One tier of the client's ladder. */
export interface NamedRung {
  tierId: string;
  tierName: string;
  tierOrder: number;
}

/** A mission's saved terms, and the ladder they are read against, lowest first. */
export interface SavedTerms extends Pick<
  MissionDto,
  "missionType" | "targetValue" | "raffleEndDate" | "tierEligibility" | "enabled"
> {
  ladder: NamedRung[];
}

/** Why supposed terms could not be saved, or null: nobody is told of a mission that cannot be. A tier that stands may be supposed. */
export function whatIfRefusal(saved: SavedTerms, { tierEligibility, targetValue }: WhatIf): Refusal | null {
  const isSameTarget = targetValue === undefined || isSameDecimal(targetValue, saved.targetValue);
  const goal = isSameTarget ? null : goalRefusal({ ...saved, targetValue });
  return goal ?? (tierEligibility === undefined ? null : tierRefusal(tierEligibility, saved.ladder, saved));
}

/** A hint before it was counted. */
export type Loosening = Pick<RelaxHint, "kind" | "reason" | "removes" | "tierName" | "whatIf">;

type Counted = Pick<PreviewDto, "byReason" | "byTier">;

/**
 * How each rule that removes creators of a mission under these terms can be loosened to the next step, in the order in which
 * the rules are judged. The next tier down is the nearest that anybody whom the rule removes has.
 */
export function loosenings(saved: SavedTerms, whatIf: WhatIf, { byReason, byTier }: Counted): Loosening[] {
  const wanted = saved.ladder.find(({ tierId }) => tierId === (whatIf.tierEligibility ?? saved.tierEligibility));
  // with nothing but this rule removing them, a tier's creators who do not qualify are those below the mission's
  const isBelow = (rung: NamedRung) =>
    wanted !== undefined &&
    rung.tierOrder < wanted.tierOrder &&
    byTier.some(({ tierId, notEligible }) => tierId === rung.tierId && notEligible > 0);
  const lower = saved.ladder.findLast(isBelow);
  const lowest = saved.ladder[0];
  const asking = (rung: NamedRung | undefined) => ({ ...whatIf, tierEligibility: rung?.tierId ?? "all" });
  const all: (Omit<Loosening, "removes"> | null)[] = [
    { kind: "enable", reason: "mission_disabled", tierName: null, whatIf: { ...whatIf, enabled: true } },
    {
      kind: "choose_tier",
      reason: "mission_tier_unknown",
      tierName: lowest?.tierName ?? null,
      whatIf: asking(lowest),
    },
    { kind: "accept_all", reason: "creator_tier_unknown", tierName: null, whatIf: asking(undefined) },
    { kind: "put_tiers_right", reason: "creator_tier_unknown", tierName: null, whatIf: null },
    lower === undefined
      ? null
      : { kind: "lower_tier", reason: "tier_too_low", tierName: lower.tierName, whatIf: asking(lower) },
  ];
  return all.flatMap((one) =>
    one === null || byReason[one.reason] === 0 ? [] : { ...one, removes: byReason[one.reason] },
  );
}

/** A loosening as a sentence for the admin; `asked` names the tier that the mission asks for. */
export function relaxSentence({ kind, removes, tierName }: Loosening, adds: number | null, asked: string): string {
  const are = removes === 1 ? "1 is" : `${formatCount(removes)} are`;
  const more = `would add ${adds === 0 ? "nobody" : formatCount(adds ?? removes)}`;
  const creators = counted(removes, "creator");
  const sentences: Record<RelaxKind, string> = {
    enable: `${are} held back because the mission is not enabled. Enabling it ${more}.`,
    choose_tier: `${creators} cannot be judged because the ladder has no tier ${asked}. ${
      tierName === null ? "Opening it to all tiers" : `Asking for ${tierName}, the lowest tier,`
    } ${more}.`,
    accept_all: `${creators} cannot be judged because the ladder does not have their tier. Opening the mission to all tiers ${more}${
      (adds ?? 0) > removes ? ", those of lower tiers among them" : ""
    }.`,
    put_tiers_right: `Giving ${removes === 1 ? "this creator" : `these ${formatCount(removes)} creators`} a tier of the ladder would add ${formatCount(removes)} at most.`,
    lower_tier: `${are} below ${asked}. Accepting ${tierName ?? "a lower tier"} ${more}.`,
  };
  return sentences[kind];
}

/** The tier that is asked for, by name where the ladder has it. */
export function askedTier(saved: SavedTerms, whatIf: WhatIf): string {
  const tier = whatIf.tierEligibility ?? saved.tierEligibility;
  return saved.ladder.find(({ tierId }) => tierId === tier)?.tierName ?? tier;
}
