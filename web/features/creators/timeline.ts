import type { TimelineEntry } from "../../../server/creators/timeline/schema.ts";
import { countOf } from "../../lib/numbers.ts";

/** How tiers, amounts and days are written for the present client. */
export interface TimelineWords {
  tierName: (tierId: string) => string;
  /** an amount of the client's metric, with its unit */
  amount: (value: string) => string;
  /** the same with its sign */
  change: (value: string) => string;
  adjustment: (type: string) => string;
  /** a window of days, open where a side is null */
  window: (start: string | null, end: string | null) => string;
}

/** What happened, in a line. */
export function timelineText(entry: TimelineEntry, words: TimelineWords): string {
  switch (entry.event) {
    case "joined":
      return "Came into the programme";
    case "adjusted":
      return `Adjustment ${words.change(entry.amount)}, ${words.adjustment(entry.adjustmentType)}${
        entry.isPending ? ", waits for the next sync" : ""
      }`;
    case "maintained":
      return `Stayed ${words.tierName(entry.tierAfter)} at ${words.amount(entry.metricValue)}`;
    case "promoted":
    case "demoted":
      return `${entry.event === "promoted" ? "Promoted" : "Demoted"} ${moveText(entry, words)} at ${words.amount(entry.metricValue)}`;
    case "tier_changed":
      return `Tier changed from ${moveText(entry, words)}, not by a sync`;
    case "window_changed":
      return `Window changed to ${words.window(entry.start, entry.end)}, not by a checkpoint`;
    case "seeded":
      return entry.missions === 1 ? `${entry.missionName} seeded` : `${countOf(entry.missions, "mission")} seeded`;
    case "row_removed":
      return `Row of ${entry.missionName ?? "a mission that is gone"} removed`;
    case "completed":
      return `${entry.missionName} completed`;
    case "redeemed":
      return `Redemption made: ${entry.rewardName}`;
  }
}

function moveText({ tierBefore, tierAfter }: { tierBefore: string; tierAfter: string }, words: TimelineWords): string {
  return `${words.tierName(tierBefore)} to ${words.tierName(tierAfter)}`;
}
