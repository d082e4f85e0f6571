import type { Bucket, EligibilityRow, Reason } from "../../server/eligibility/schema.ts";
import type { TierRule } from "./mission-words.ts";
import { tierRuleWords } from "./mission-words.ts";

/** Why a creator stands in this bucket: "Tier Silver; needs Gold or higher". */
export function reasonText(
  row: Pick<EligibilityRow, "bucket" | "reason" | "tierName" | "tierId">,
  rule: TierRule,
): string {
  const tier = row.tierName ?? row.tierId;
  if (row.bucket === "already_seeded") {
    return "Has a row; seeding leaves it as it is";
  }
  if (row.reason === "mission_disabled") {
    return "The mission is not enabled";
  }
  if (row.reason === "mission_tier_unknown") {
    return `The mission asks for ${rule.name}, which is not in the ladder`;
  }
  if (row.reason === "creator_tier_unknown") {
    return `Tier ${row.tierId} is not in the ladder`;
  }
  return rule.kind === "all" ? "Open to all tiers" : `Tier ${tier}; needs ${tierRuleWords(rule)}`;
}

const REASON_TITLES: Record<Reason, string> = {
  mission_disabled: "No: the mission is not enabled",
  mission_tier_unknown: "Cannot tell: the mission's tier is unknown",
  creator_tier_unknown: "Cannot tell: the creator's tier is unknown",
  tier_too_low: "No: the tier is too low",
};

/** The verdict as a heading: "No: the tier is too low". */
export function verdictTitle({ bucket, reason }: { bucket: Bucket; reason: Reason | null }): string {
  if (reason !== null) {
    return REASON_TITLES[reason];
  }
  return bucket === "already_seeded" ? "Yes: has it" : "Yes: would get it";
}
