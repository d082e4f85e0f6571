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
  return withCurrent([{ value: "all", label: "All tiers" }, ...tiers], {
    value: current,
    label: `${current} (not in the ladder)`,
  });
}

/** The tiers below the mission's own, from which it can be seen locked; the choice that stands stays in sight. */
export function previewOptions(
  ladder: Pick<Ladder, "tiers" | "rankOf" | "byId">,
  tierEligibility: string,
  current: string | null,
): Option[] {
  const below = ladder.tiers.slice(0, ladder.rankOf(tierEligibility) ?? 0);
  const tiers = below.map((tier) => ({ value: tier.tierId, label: `${tier.tierName} and up` }));
  const name = ladder.byId(current ?? "")?.tierName;
  return withCurrent([{ value: "", label: "Nobody" }, ...tiers], {
    value: current ?? "",
    label: name === undefined ? `${current} (not in the ladder)` : `${name} (not below the mission's tier)`,
  });
}

function withCurrent(options: Option[], current: Option): Option[] {
  return options.some((option) => option.value === current.value) ? options : [...options, current];
}
