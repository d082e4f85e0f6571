import type { Reason, WhatIf } from "../schema.ts";

/** What could be loosened: the mission's switch or tier, or the creators' own tiers. */
export const relaxKinds = ["enable", "lower_tier", "accept_all", "put_tiers_right", "choose_tier"] as const;
export type RelaxKind = (typeof relaxKinds)[number];

/** One rule that removes creators, and what loosening it to the next step would bring. */
export interface RelaxHint {
  kind: RelaxKind;
  reason: Reason;
  /** creators whom the rule removes */
  removes: number;
  /** creators who would come in if only this were loosened, exact; null where no term of the mission does it: `removes` at most */
  adds: number | null;
  /** the tier to be asked for instead; null where the hint is about no tier */
  tierName: string | null;
  sentence: string;
  /** the terms that show it, beside those already supposed; null where no term of the mission does it */
  whatIf: WhatIf | null;
}
