import { describe, expect, it } from "vitest";
import { actionWords, changeTexts } from "./history-words.ts";

const named = (tierId: string) => (tierId === "tier_2" ? "Silver" : tierId);

describe("the history of a mission in words", () => {
  it("tells what changed and what else it did", () => {
    expect(
      changeTexts(
        {
          before: { enabled: false, activated: false },
          after: { enabled: true, activated: true },
          counts: { woken: 63, replaced: 0 },
        },
        named,
      ),
    ).toEqual(["enabled no to yes", "activated no to yes", "63 rows woken"]);
  });

  it("names what a red light had found", () => {
    const overridden = ["target_reached", "mission_tier_unknown"];
    const after = { enabled: true, activated: true, overridden };
    expect(changeTexts({ before: { enabled: true, activated: false }, after, counts: null }, named)).toEqual([
      "activated no to yes",
      "red light overridden: nearly all had reached the target, its tier was not in the ladder",
    ]);
  });

  it("leaves out what stayed the same, and says none for nothing", () => {
    const before = { targetValue: "1000", tierEligibility: "tier_2", raffleEndDate: null };
    const after = { targetValue: "1500", tierEligibility: "tier_2", raffleEndDate: null, description: "" };
    expect(changeTexts({ before: { ...before, description: "Sell" }, after, counts: null }, named)).toEqual([
      "target 1000 to 1500",
      "description Sell to none",
    ]);
  });

  it("tells what something was created with", () => {
    expect(
      changeTexts(
        {
          before: null,
          after: { title: "gold-sprint", missionType: "views", tierEligibility: "tier_2" },
          counts: null,
        },
        named,
      ),
    ).toEqual(["title gold-sprint", "type Views", "tier Silver"]);
  });

  it("keeps the name of an action it does not know", () => {
    expect(actionWords("mission.activated")).toBe("Activated");
    expect(actionWords("mission.moved")).toBe("mission.moved");
  });
});
