import type { Ladder } from "../../lib/ladder.ts";

interface Option {
  value: string;
  label: string;
}

/** The tiers a mission can ask for, lowest first; one that stands on it and is not in the ladder stays in sight. */
export function eligibilityOptions(ladder: Pick<Ladder, "tiers" | "size">, current: string): Option[] {
  const tiers = ladder.tiers.map((tier, rank) => ({
    value: tier.tierId,
    label: rank === ladder.size - 1 ? tier.tierName : `${tier.tierName} or higher`,
  }));
  return withCurrent([{ value: "all", label: "All tiers" }, ...tiers], current);
}

/** The tiers below the mission's own, from which it can be seen locked. */
export function previewOptions(
  ladder: Pick<Ladder, "tiers" | "rankOf">,
  tierEligibility: string,
  current: string | null,
): Option[] {
  const rank = ladder.rankOf(tierEligibility);
  const below = rank === null ? [] : ladder.tiers.slice(0, rank);
  const tiers = below.map((tier) => ({ value: tier.tierId, label: `${tier.tierName} and up` }));
  return withCurrent([{ value: "", label: "Nobody" }, ...tiers], current ?? "");
}

function withCurrent(options: Option[], current: string): Option[] {
  return options.some((option) => option.value === current)
    ? options
    : [...options, { value: current, label: `${current} (cannot be chosen any more)` }];
}
