import type { TierDto, TiersUpdateInput } from "./schema.ts";

type TierInput = TiersUpdateInput["tiers"][number];
export type Metric = "sales" | "units";

/** Where a ladder breaks a rule: the field at fault and the sentence for it. */
export interface LadderFault {
  field: string;
  message: string;
}

/** The first rule that a ladder breaks, or null: thresholds of the client's metric, 0 for the lowest tier, strictly rising. */
export function ladderFault(tiers: readonly TierInput[], metric: Metric): LadderFault | null {
  const name = metric === "sales" ? "salesThreshold" : "unitsThreshold";
  let below: bigint | null = null;
  const seen = new Set<string>();
  for (const [index, tier] of tiers.entries()) {
    const fault = (field: keyof TierInput, message: string) => ({ field: `tiers.${index}.${field}`, message });
    if (tier.tierId !== null && seen.has(tier.tierId))
      return fault("tierId", `${tier.tierId} stands twice in the ladder.`);
    if (tier.tierId !== null) seen.add(tier.tierId);
    if (scaled(tier.commissionRate) > scaled("100"))
      return fault("commissionRate", "A commission is at most 100 percent.");
    const threshold = tier[name];
    if (threshold === null) return fault(name, `${tier.tierName} needs a threshold in ${metric}.`);
    const value = scaled(threshold);
    if (index === 0 && value !== 0n) return fault(name, "The lowest tier starts at 0.");
    if (below !== null && value <= below) {
      return fault(
        name,
        `${tier.tierName} needs a higher threshold than ${tiers[index - 1]?.tierName ?? "the tier below"}.`,
      );
    }
    below = value;
  }
  return null;
}

/** Decimal text with up to four places as a whole number of ten-thousandths, so that amounts compare exactly. */
function scaled(decimal: string): bigint {
  const [whole = "0", places = ""] = decimal.split(".");
  return BigInt(whole + places.padEnd(4, "0"));
}

/**
 * The ids that new tiers get: the lowest free ones. An id that creators or missions already name although the ladder did not have
 * it comes last, so that a new tier does not take in creators of a forgotten one by chance.
 */
export function newTierIds(tiers: readonly TierInput[], named: ReadonlySet<string>): string[] {
  const taken = new Set(tiers.map((tier) => tier.tierId));
  const free = ["tier_1", "tier_2", "tier_3", "tier_4", "tier_5", "tier_6"].filter((id) => !taken.has(id));
  const ids = [...free.filter((id) => !named.has(id)), ...free.filter((id) => named.has(id))];
  return tiers.map((tier) => tier.tierId ?? ids.shift()!);
}

/** What the audit keeps of a tier. */
export function auditedTier(tier: Omit<TierDto, "creators">): Omit<TierDto, "creators"> {
  const { tierId, tierOrder, tierName, tierColor, salesThreshold, unitsThreshold, commissionRate, checkpointExempt } =
    tier;
  return { tierId, tierOrder, tierName, tierColor, salesThreshold, unitsThreshold, commissionRate, checkpointExempt };
}

/** Tiers whose creators' checkpoints must follow a change: the exempt flag is another one, or the tier is new. */
export function checkpointsToAlign(
  before: readonly Pick<TierDto, "tierId" | "checkpointExempt">[],
  after: readonly Pick<TierDto, "tierId" | "checkpointExempt">[],
): string[] {
  const flags = new Map(before.map((tier) => [tier.tierId, tier.checkpointExempt]));
  return after.filter((tier) => flags.get(tier.tierId) !== tier.checkpointExempt).map((tier) => tier.tierId);
}
