import { describe, expect, it } from "vitest";
import type { TimelineEntry, TimelineEvent } from "../../../server/creators/timeline/schema.ts";
import { timelineText } from "./timeline.ts";

const words = {
  tierName: (id: string) => ({ tier_2: "Silver", tier_3: "Gold" })[id] ?? id,
  amount: (value: string) => `$${value}`,
  change: (value: string) => `+$${value}`,
  adjustment: (type: string) => type.replace("_", " "),
  window: (start: string | null, end: string | null) => `${start ?? "any time"} to ${end ?? "no end"}`,
};

describe("the timeline of a creator", () => {
  it.each<[TimelineEvent, string]>([
    [{ event: "joined" }, "Came into the programme"],
    [
      { event: "promoted", tierBefore: "tier_2", tierAfter: "tier_3", metricValue: "5118.40" },
      "Promoted Silver to Gold at $5118.40",
    ],
    [{ event: "maintained", tierBefore: "tier_2", tierAfter: "tier_2", metricValue: "10" }, "Stayed Silver at $10"],
    [
      { event: "demoted", tierBefore: "tier_3", tierAfter: "tier_2", metricValue: "10" },
      "Demoted Gold to Silver at $10",
    ],
    [{ event: "tier_changed", tierBefore: "tier_3", tierAfter: "vip" }, "Tier changed from Gold to vip, not by a sync"],
    [
      { event: "window_changed", start: "2026-08-14", end: null },
      "Window changed to 2026-08-14 to no end, not by a checkpoint",
    ],
    [{ event: "seeded", missionName: "First Five", missions: 1 }, "First Five seeded"],
    [{ event: "seeded", missionName: "First Five", missions: 5 }, "5 missions seeded"],
    [{ event: "row_removed", missionName: null }, "Row of a mission that is gone removed"],
    [{ event: "completed", missionId: "m", missionName: "First Five" }, "First Five completed"],
    [{ event: "redeemed", missionName: "First Five", rewardName: "$10 card" }, "Redemption made: $10 card"],
    [
      { event: "adjusted", amount: "120", adjustmentType: "manual_sale", isPending: true },
      "Adjustment +$120, manual sale, waits for the next sync",
    ],
  ])("says of %j: %s", (event, text) => {
    expect(timelineText(event as TimelineEntry, words)).toBe(text);
  });
});
