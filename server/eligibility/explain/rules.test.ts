import { describe, expect, it } from "vitest";
import { decidingGate, gatesOf, type Judged, sentenceOf, verdictOf } from "./rules.ts";
import { type Basis, climbOf, type ClimbRung, waysOf } from "./way-rules.ts";

const metric = { vipMetric: "sales", currency: "USD" } as const;

function rung(tierOrder: number, tierName: string, threshold: string | null, missing: string | null): ClimbRung {
  const isReached = missing !== null && (missing.startsWith("-") || missing === "0");
  return { tierId: `tier_${tierOrder}`, tierOrder, tierName, threshold, climbPlace: tierOrder, missing, isReached };
}
const ladder = [
  rung(1, "Bronze", "0", "-660.00"),
  rung(2, "Silver", "500", "-160.00"),
  rung(3, "Gold", "1000", "340.00"),
  rung(4, "Platinum", "5000", "4340.00"),
];
const basis: Basis = { value: "660.00", pending: "0", since: null, before: "2027-03-01" };

/** @quietshelf, Silver, and Gold Sprint, which asks for Gold. */
function judged(parts: Partial<Judged> = {}): Judged {
  return {
    missionName: "Gold Sprint",
    handle: "quietshelf",
    tierEligibility: "tier_3",
    creatorTier: "tier_2",
    missionTierOrder: 3,
    creatorTierOrder: 2,
    isEnabled: true,
    isSeeded: false,
    bucket: "not_eligible",
    reason: "tier_too_low",
    statusIfSeeded: "active",
    seededOn: null,
    isWhatIf: false,
    ...parts,
  };
}
const gets = { bucket: "will_create", reason: null } as const;
const unknownCreator = {
  creatorTier: "vip",
  creatorTierOrder: null,
  bucket: "unknown",
  reason: "creator_tier_unknown",
} as const;
const unknownMission = {
  tierEligibility: "legend",
  missionTierOrder: null,
  bucket: "unknown",
  reason: "mission_tier_unknown",
} as const;
const off = { isEnabled: false, bucket: "not_eligible", reason: "mission_disabled" } as const;

const ways = (parts: Partial<Judged>, rungs: readonly ClimbRung[] = ladder, counted: Basis | null = basis) => {
  const one = judged(parts);
  return waysOf(one, gatesOf(one, rungs), { rungs, climb: climbOf(one, rungs, counted), metric });
};
const texts = (...input: Parameters<typeof ways>) => ways(...input).map(({ text }) => text);

describe("the gates", () => {
  const states = (parts: Partial<Judged>) => gatesOf(judged(parts), ladder).map(({ key, state }) => `${key} ${state}`);

  it("begin with the one that decides and go on in the order in which they are asked", () => {
    expect(states({})).toEqual([
      "tier_high_enough fail",
      "row pass",
      "enabled pass",
      "mission_tier_known pass",
      "creator_tier_known pass",
    ]);
    expect(states(gets)[0]).toBe("row pass");
    expect(states({ isSeeded: true, bucket: "already_seeded", reason: null, seededOn: "2026-08-14" })).toEqual([
      "row pass",
      "enabled pass",
      "mission_tier_known pass",
      "creator_tier_known pass",
      "tier_high_enough fail",
    ]);
  });

  it("say also behind the deciding one what would fail", () => {
    expect(states(off)).toEqual([
      "enabled fail",
      "row pass",
      "mission_tier_known pass",
      "creator_tier_known pass",
      "tier_high_enough fail",
    ]);
  });

  it("cannot tell where a tier is not in the ladder, unless the mission is open to all", () => {
    expect(states(unknownMission)[0]).toBe("mission_tier_known unknown");
    expect(states(unknownCreator)[0]).toBe("creator_tier_known unknown");
    expect(states(unknownCreator)).toContain("tier_high_enough unknown");
    const open = { ...unknownCreator, tierEligibility: "all", missionTierOrder: null, ...gets };
    expect(states(open).every((state) => state.endsWith("pass"))).toBe(true);
  });

  it("have both sides in words and as values", () => {
    const sides = gatesOf(judged({ tierEligibility: "tier_4", missionTierOrder: 4 }), ladder).map(
      ({ name, required, actual }) =>
        `${name}: ${required.words}, ${actual.words} (${required.value}, ${actual.value})`,
    );
    expect(sides).toEqual([
      "Tier high enough: Platinum, Silver (4, 2)",
      "No row yet: none, none (false, false)",
      "Mission enabled: on, on (true, true)",
      "Mission's tier known: any of 4, Platinum, 4th (4, 4)",
      "Creator's tier known: any of 4, Silver, 2nd (4, 2)",
    ]);
  });

  it("have one for every reason", () => {
    expect(new Set(Object.values(decidingGate)).size).toBe(Object.keys(decidingGate).length);
  });
});

describe("the verdict and its sentence", () => {
  it.each([
    ["will_create", "yes"],
    ["already_seeded", "yes"],
    ["not_eligible", "no"],
    ["unknown", "cannot_tell"],
  ] as const)("of %s is %s", (bucket, verdict) => {
    expect(verdictOf(bucket)).toBe(verdict);
  });

  it.each<[Partial<Judged>, string]>([
    [{}, "Gold Sprint asks for Gold or higher; @quietshelf is Silver."],
    [off, "Gold Sprint is not enabled, so nobody gets it."],
    [unknownMission, "Gold Sprint asks for legend, which is not in the ladder, so nobody can be judged."],
    [unknownCreator, "Gold Sprint asks for Gold or higher; @quietshelf is vip, which is not in the ladder."],
    [
      { ...gets, creatorTier: "tier_4", creatorTierOrder: 4 },
      "Gold Sprint asks for Gold or higher and @quietshelf is Platinum: the next seeding or sync creates the row.",
    ],
    [
      { ...gets, tierEligibility: "all", missionTierOrder: null, statusIfSeeded: "dormant", isWhatIf: true },
      "Gold Sprint is open to all tiers: saved so, the next seeding would create the row, asleep until the mission is activated.",
    ],
    [
      { isSeeded: true, seededOn: "2026-08-14", bucket: "already_seeded", reason: null },
      "@quietshelf has had a row since 14 Aug 2026; seeding leaves it as it is.",
    ],
  ])("%j", (parts, sentence) => {
    expect(sentenceOf(judged(parts), ladder)).toBe(sentence);
  });
});

describe("what would change it", () => {
  it("is the amount to the tier until the next checkpoint, or a mission for the creator's tier", () => {
    expect(ways({})).toEqual([
      {
        kind: "promotion",
        text: "$340.00 more in sales before 1 Mar 2027: the next sync then promotes @quietshelf to Gold and seeds in one run.",
        isEnough: true,
      },
      { kind: "mission_tier", text: "A mission for Silver instead of Gold.", isEnough: true },
    ]);
  });

  it("has no deadline where no checkpoint comes, and says since when it counts after a demotion", () => {
    expect(texts({}, ladder, { ...basis, before: null, since: "2026-07-01" })[0]).toBe(
      "$340.00 more in sales (counted since 1 Jul 2026), without a deadline: the next sync then promotes @quietshelf to Gold and seeds in one run.",
    );
  });

  it("waits for the next sync where the threshold is reached", () => {
    const reached = ladder.map((one) => (one.tierOrder === 3 ? rung(3, "Gold", "600", "-60.00") : one));
    expect(texts({}, reached)[0]).toBe(
      "The next sync: what counts has reached $600.00, so it promotes @quietshelf to Gold and seeds in one run.",
    );
  });

  it("names the next tier with a threshold where the mission's has none, and no amount where none has", () => {
    const without = ladder.map((one) => (one.tierOrder === 3 ? rung(3, "Gold", null, null) : one));
    expect(texts({}, without)[0]).toMatch(/^\$4,340\.00 more .* to Platinum /);
    const none = ladder.map((one) => rung(one.tierOrder, one.tierName, null, null));
    expect(texts({}, none)).toEqual(["A mission for Silver instead of Gold."]);
  });

  it("says that enabling is not all, and what else is needed only then", () => {
    expect(ways({ ...off, creatorTier: "tier_3", creatorTierOrder: 3 })).toEqual([
      { kind: "enable", text: "Enabling the mission.", isEnough: true },
    ]);
    expect(ways(off)).toEqual([
      { kind: "enable", text: "Enabling the mission; that alone is not enough.", isEnough: false },
      { kind: "promotion", text: expect.stringMatching(/, once the mission is enabled\.$/) as string, isEnough: false },
      {
        kind: "mission_tier",
        text: "A mission for Silver instead of Gold, once the mission is enabled.",
        isEnough: false,
      },
    ]);
  });

  it("is putting an unknown tier right", () => {
    expect(texts(unknownMission)).toEqual([
      "A mission for Silver or lower instead of legend.",
      "A mission for all tiers instead of legend.",
    ]);
    expect(texts({ ...unknownMission, creatorTier: "tier_1", creatorTierOrder: 1 })[0]).toBe(
      "A mission for Bronze instead of legend.",
    );
    expect(texts(unknownCreator, ladder, null)).toEqual([
      "A tier of the ladder for @quietshelf, Gold or higher, instead of vip.",
      "A mission for all tiers instead of Gold.",
    ]);
    expect(texts({ ...unknownCreator, ...unknownMission }, ladder, null)).toEqual([
      "A mission for all tiers instead of legend.",
      "A tier of the ladder for the mission instead of legend, and one no lower for @quietshelf instead of vip.",
    ]);
  });

  it("is nothing where it is a yes", () => {
    expect(ways({ ...gets, creatorTier: "tier_3", creatorTierOrder: 3 })).toEqual([]);
    expect(ways({ isSeeded: true, bucket: "already_seeded", reason: null })).toEqual([]);
  });

  it("counts units where the client does", () => {
    const one = judged();
    const rungs = [ladder[0]!, ladder[1]!, rung(3, "Gold", "10", "1")];
    const [way] = waysOf(one, gatesOf(one, rungs), {
      rungs,
      climb: climbOf(one, rungs, { ...basis, value: "9" }),
      metric: { vipMetric: "units", currency: "USD" },
    });
    expect(way!.text).toMatch(/^1 more unit before 1 Mar 2027/);
  });
});
