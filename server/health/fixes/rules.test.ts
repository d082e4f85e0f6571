import { describe, expect, it } from "vitest";
import { type Owed, refusalOf } from "./rules.ts";

const none: Owed = { redemptions: 0, value: "0", heldRun: null, saved: [] };
const off = [
  { name: "redemptions", threshold: null },
  { name: "redemptions_value", threshold: null },
] as const;

describe("redemptions made from data health", () => {
  it.each<[string, Partial<Owed>, string | null]>([
    ["as many as a client that has set nothing allows", { redemptions: 1000, value: "25000.00" }, null],
    ["one more", { redemptions: 1001 }, "1,001 redemptions would be made; the guard allows 1,000."],
    ["a cent more", { value: "25000.01" }, "Redemptions worth $25,000.01 would be made; the guard allows $25,000.00."],
    ["any number of any worth, with the guards off", { redemptions: 9999, value: "99999", saved: off }, null],
    ["while a sync is held, also with the guards off", { heldRun: 7, saved: off }, "Sync 7 is held:"],
  ])("%s", (_, owed, why) => {
    const refusal = refusalOf({ ...none, ...owed }, "USD");
    if (why === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(why);
  });
});
