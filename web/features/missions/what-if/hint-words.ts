import type { RelaxHint, RelaxKind } from "../../../../server/eligibility/what-if/schema.ts";
import { formatChange } from "../../../lib/numbers.ts";

/** "accept Silver: +331". */
export function hintWords({ kind, adds, tierName }: Pick<RelaxHint, "kind" | "adds" | "tierName">): string {
  const words: Record<RelaxKind, string> = {
    enable: "enable it",
    choose_tier: tierName === null ? "open to all" : `ask for ${tierName}`,
    accept_all: "open to all",
    put_tiers_right: "put their tiers right",
    lower_tier: `accept ${tierName ?? "a lower tier"}`,
  };
  return adds === null ? words[kind] : `${words[kind]}: ${formatChange(adds)}`;
}
