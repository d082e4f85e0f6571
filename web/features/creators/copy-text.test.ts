import { describe, expect, it } from "vitest";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { creatorText } from "./copy-text.ts";

const place = { currency: "USD", timezone: "America/New_York" };

function row(missionName: string, value: string, parts: Partial<NonNullable<CreatorMissionDto["progress"]>> = {}) {
  const progress = {
    value,
    status: "active",
    isOver: false,
    windowStart: null,
    windowEnd: new Date("2026-12-14T05:00:00Z"),
    completedAt: null,
    seededAt: new Date(0),
    ...parts,
  };
  return { missionName, missionType: "sales_units", targetValue: "100", progress } as CreatorMissionDto;
}

describe("the sentence for a creator", () => {
  it("counts, names what is done and what is nearest", () => {
    const missions = [
      row("Winter Units", "10"),
      row("Holiday Hundred", "72"),
      row("First Five", "100", { status: "completed" }),
      row("Summer Units", "99", { isOver: true }),
    ];
    expect(creatorText("mara.makes", missions, place)).toBe(
      "@mara.makes: 4 missions, completed: First Five. Nearest: Holiday Hundred: 72 of 100 units, until 14 Dec 2026.",
    );
  });

  it("leaves out what is not there", () => {
    expect(creatorText("new", [], place)).toBe("@new: no mission yet.");
    expect(creatorText("asleep", [row("A", "0", { status: "dormant" })], place)).toBe(
      "@asleep: 1 mission, none completed yet.",
    );
  });
});
