import { addDays, type Day } from "../base/days.ts";
import { type DemoProgramme, mission, reward } from "./programme.ts";

/** Luma Botanics: counts sales, New York; dates relative to `today`. */
export function luma(today: Day): DemoProgramme {
  return {
    client: {
      subdomain: "luma",
      name: "Luma Botanics",
      metric: "sales",
      timezone: "America/New_York",
      currency: "USD",
      primaryColor: "#3d5a4c",
      checkpointMonths: 4,
    },
    ladder: [
      { name: "Member", threshold: 0 },
      { name: "Silver", threshold: 1000 },
      { name: "Gold", threshold: 3000 },
      { name: "Platinum", threshold: 10_000 },
    ],
    rewards: [
      reward("$25 gift card", { type: "gift_card", amount: 25 }, "Sent by e-mail within two days."),
      reward("$10 gift card", { type: "gift_card", amount: 10 }, "Sent by e-mail within two days."),
      reward("$50 Spark Ads", { type: "spark_ads", amount: 50 }, "Credit to boost a video of the creator's choice."),
      reward(
        "+3 % commission for 30 days",
        { type: "commission_boost", percent: 3, durationDays: 30 },
        "Starts on the day the creator picks.",
      ),
      reward(
        "15 % off for 48 hours",
        { type: "discount", percent: 15, durationMinutes: 2880, couponCode: "GLOW15", maxUses: 100 },
        "A code for the creator's followers.",
      ),
      reward("Ring light kit", { type: "physical_gift" }, "Shipped to the creator."),
      reward("Dinner for two in Los Angeles", { type: "experience" }, "With the founders, once a quarter."),
    ],
    missions: [
      {
        input: mission({
          title: "first-five-videos",
          displayName: "First Five",
          missionType: "videos",
          targetValue: "5",
          displayOrder: 10,
        }),
        reward: 1,
        activatedBeforeRun: 0,
      },
      {
        input: mission({
          title: "silver-starter",
          displayName: "Silver Starter",
          missionType: "sales_dollars",
          targetValue: "1500",
          tierEligibility: "tier_2",
          displayOrder: 20,
        }),
        reward: 2,
        activatedBeforeRun: 0,
      },
      {
        input: mission({
          title: "holiday-100-units",
          displayName: "Holiday Hundred",
          missionType: "sales_units",
          targetValue: "100",
          tierEligibility: "tier_2",
          displayOrder: 30,
        }),
        reward: 2,
        activatedBeforeRun: 2,
      },
      {
        input: mission({
          title: "views-50k",
          displayName: "Seen Everywhere",
          missionType: "views",
          targetValue: "50000",
          tierEligibility: "tier_2",
          displayOrder: 40,
        }),
        reward: 3,
        activatedBeforeRun: 1,
      },
      {
        input: mission({
          title: "likes-2k",
          displayName: "Loved by Gold",
          missionType: "likes",
          targetValue: "2000",
          tierEligibility: "tier_3",
          displayOrder: 50,
        }),
        reward: 4,
        activatedBeforeRun: 3,
      },
      {
        input: mission({
          title: "bf-raffle",
          displayName: "Black Friday Draw",
          missionType: "raffle",
          targetValue: "0",
          raffleEndDate: addDays(today, 5),
          displayOrder: 60,
        }),
        reward: 5,
        activatedBeforeRun: 4,
      },
      {
        input: mission({
          title: "gold-sprint-q4",
          displayName: "Gold Sprint",
          missionType: "sales_dollars",
          targetValue: "5000",
          tierEligibility: "tier_3",
          previewFromTier: "tier_2",
          enabled: false,
          displayOrder: 70,
        }),
        reward: 0,
        activatedBeforeRun: null,
      },
      {
        input: mission({
          title: "dinner-la",
          displayName: "Creator Dinner LA",
          missionType: "sales_dollars",
          targetValue: "25000",
          tierEligibility: "tier_4",
          displayOrder: 80,
          enabled: true,
        }),
        reward: 6,
        activatedBeforeRun: null,
      },
    ],
    population: { seed: 11, creators: 1100, days: 36, medianUnits: 36, prices: [14, 19.9, 24, 29.5, 38] },
    unknownTiers: 14,
    unknownTierMission: "dinner-la",
    adjustments: [
      { type: "manual_sale", value: "240.00", reason: "Pop-up store in Brooklyn, receipt 1182" },
      { type: "refund", value: "-64.50", reason: "Order returned after the window" },
      { type: "bonus", value: "500.00", reason: "Launch week bonus agreed by mail" },
    ],
  };
}
