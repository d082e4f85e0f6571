import { describe, expect, it } from "vitest";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { timelineOf } from "./timeline.ts";
import type { TimelineSources } from "./timeline.ts";

const words = {
  tierName: (id: string) => ({ tier_2: "Silver", tier_3: "Gold" })[id] ?? id,
  amount: (value: string) => `$${value}`,
  change: (value: string) => `+$${value}`,
  adjustment: (type: string) => type.replace("_", " "),
};
const nothing: TimelineSources = { tierLog: [], missions: [], redemptions: [], adjustments: [] };

function seeded(missionName: string, at: string, completedAt: string | null = null): CreatorMissionDto {
  const progress = {
    value: "0",
    status: "active" as const,
    isOver: false,
    windowStart: null,
    windowEnd: null,
    completedAt: completedAt === null ? null : new Date(completedAt),
    seededAt: new Date(at),
  };
  return { missionId: missionName, missionName, progress } as CreatorMissionDto;
}

const texts = (sources: Partial<TimelineSources>) =>
  timelineOf({ ...nothing, ...sources }, words).map((entry) => entry.text);

describe("the timeline of a creator", () => {
  it("is newest first, and missions seeded at one moment are one entry", () => {
    const missions = [
      seeded("First Five", "2026-08-14T08:03:00Z", "2026-11-21T09:03:00Z"),
      seeded("Million Views", "2026-08-14T08:03:00Z"),
      seeded("Loved by Gold", "2026-11-17T09:04:00Z"),
    ];
    expect(texts({ missions })).toEqual(["First Five completed", "Loved by Gold seeded", "2 missions seeded"]);
  });

  it("puts what one sync did in the order of its steps", () => {
    const at = "2026-11-19T09:00:00Z";
    const tierLog = [
      {
        at: new Date(at),
        kind: "promotion" as const,
        status: "promoted" as const,
        tierBefore: "tier_2",
        tierAfter: "tier_3",
        metricValue: "1",
      },
    ];
    expect(texts({ tierLog, missions: [seeded("First Five", at, at)] })).toEqual([
      "First Five completed",
      "First Five seeded",
      "Promoted Silver to Gold at $1",
    ]);
  });

  it("says from which tier to which, and at what", () => {
    const entry = { at: new Date(0), kind: "checkpoint" as const, tierBefore: "tier_2", metricValue: "5118.40" };
    expect(
      texts({
        tierLog: [
          { ...entry, status: "promoted", tierAfter: "tier_3" },
          { ...entry, status: "maintained", tierAfter: "tier_2" },
          { ...entry, status: "demoted", tierBefore: "tier_3", tierAfter: "tier_2" },
        ],
      }),
    ).toEqual([
      "Promoted Silver to Gold at $5118.40",
      "Stayed Silver at $5118.40",
      "Demoted Gold to Silver at $5118.40",
    ]);
  });

  it("names who adjusted, and what still waits", () => {
    const [entry] = timelineOf(
      {
        ...nothing,
        adjustments: [
          {
            id: "a",
            userId: "u",
            handle: "mara",
            amount: "120",
            amountUnits: null,
            adjustmentType: "manual_sale",
            reason: "fair",
            adjustedBy: "Sam Osei",
            createdAt: new Date(0),
            appliedAt: null,
          },
        ],
      },
      words,
    );
    expect(entry).toMatchObject({
      text: "Adjustment +$120, manual sale, waits for the next sync",
      by: "Sam Osei",
    });
  });
});
