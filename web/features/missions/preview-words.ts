import type { BucketCounts, PreviewDto, Reason } from "../../../server/eligibility/schema.ts";
import type { RelaxHint, RelaxKind } from "../../../server/eligibility/what-if/schema.ts";
import { formatCount } from "../../lib/numbers.ts";
import type { TierRule } from "../../lib/mission-words.ts";

/** The clauses after the name: "63 already have it; 995 do not qualify; 14 cannot be judged." */
export function restOfSentence(counts: BucketCounts): string {
  const clauses = [
    counts.alreadySeeded === 1 ? "1 already has it" : `${formatCount(counts.alreadySeeded)} already have it`,
    counts.notEligible === 1 ? "1 does not qualify" : `${formatCount(counts.notEligible)} do not qualify`,
    `${formatCount(counts.unknown)} cannot be judged`,
  ];
  return `${clauses.join("; ")}.`;
}

/**
 * Why nobody new would get it, the rule that removed most first:
 * "1,197 are below Platinum, which removed most; 73 already have it, 14 cannot be judged. Accepting Gold would add 196."
 */
export function nobodySentence(preview: PreviewDto, rule: TierRule, hint: RelaxHint | undefined): string {
  if (preview.counts.total === 0) {
    return "The programme has no creators yet. Import a file first.";
  }
  const drops = dropClauses(preview, rule)
    .filter((drop) => drop.count > 0)
    .toSorted((a, b) => b.count - a.count);
  const [most, ...others] = drops.map((drop) => drop.text);
  const rest = others.length === 0 ? "." : `, which removed most; ${others.join(", ")}.`;
  return `${most ?? ""}${rest}${hint === undefined ? "" : ` ${helpSentence(hint)}`}`;
}

/** The hint that lets most in, a lower tier before anything else; undefined when none lets anybody in. */
export function bestHint(hints: readonly RelaxHint[]): RelaxHint | undefined {
  const helping = hints.filter(({ adds }) => (adds ?? 0) > 0);
  return helping.find(({ kind }) => kind === "lower_tier") ?? helping[0];
}

/** "Accepting Gold would add 196." */
function helpSentence({ kind, adds, tierName }: RelaxHint): string {
  const acts: Record<RelaxKind, string> = {
    enable: "Enabling it",
    choose_tier: tierName === null ? "Opening it to all tiers" : `Asking for ${tierName}`,
    accept_all: "Opening it to all tiers",
    put_tiers_right: "Putting their tiers right",
    lower_tier: `Accepting ${tierName ?? "a lower tier"}`,
  };
  return `${acts[kind]} would add ${formatCount(adds ?? 0)}.`;
}

function dropClauses(preview: PreviewDto, rule: TierRule): { count: number; text: string }[] {
  const { counts, byReason } = preview;
  const are = (count: number) => (count === 1 ? "1 is" : `${formatCount(count)} are`);
  const have = (count: number) => (count === 1 ? "1 already has it" : `${formatCount(count)} already have it`);
  return [
    { count: counts.alreadySeeded, text: have(counts.alreadySeeded) },
    {
      count: byReason.mission_disabled,
      text: `${are(byReason.mission_disabled)} held back because the mission is not enabled`,
    },
    { count: byReason.tier_too_low, text: `${are(byReason.tier_too_low)} below ${rule.name}` },
    {
      count: byReason.mission_tier_unknown,
      text: `${formatCount(byReason.mission_tier_unknown)} cannot be judged because the mission's tier is not in the ladder`,
    },
    {
      count: byReason.creator_tier_unknown,
      text: `${formatCount(byReason.creator_tier_unknown)} cannot be judged because their tier is not in the ladder`,
    },
  ];
}

/** Each reason as the label of a filter. */
export const REASON_WORDS: Record<Reason, string> = {
  mission_disabled: "mission not enabled",
  tier_too_low: "tier too low",
  mission_tier_unknown: "mission's tier not in the ladder",
  creator_tier_unknown: "creator's tier not in the ladder",
};
