/** The two programmes of the demo, as their owners would have set them up. */
import { addDays, type Day } from "../base/days.ts";
import type { MissionCreateInput } from "../missions/schema.ts";
import type { RewardCreateInput } from "../rewards/schema.ts";
import type { PopulationOptions } from "./population.ts";

export interface DemoMission {
  input: Omit<MissionCreateInput, "rewardId">;
  /** index into `rewards`, or null */
  reward: number | null;
  /** on which run of the history it is activated (0: before the first), or null: stays asleep */
  activatedBeforeRun: number | null;
}

export interface DemoProgramme {
  client: {
    subdomain: string;
    name: string;
    metric: "sales" | "units";
    timezone: string;
    currency: string;
    primaryColor: string;
    checkpointMonths: number;
  };
  /** names and thresholds of the metric, lowest first */
  ladder: { name: string; threshold: number }[];
  rewards: RewardCreateInput[];
  missions: DemoMission[];
  population: Omit<PopulationOptions, "lastDay">;
  /** handles' positions whose tier comes from an older system and is not in the ladder */
  unknownTiers: number;
  /** title of a mission whose tier comes from an older system too, or null */
  unknownTierMission: string | null;
  /** decimal text per adjustment, in the metric */
  adjustments: { type: "manual_sale" | "refund" | "bonus" | "correction"; value: string; reason: string }[];
}

function reward(
  name: string,
  value: RewardCreateInput["value"],
  description: string,
  enabled = true,
): RewardCreateInput {
  return {
    name,
    value,
    description,
    tierEligibility: "all",
    redemptionFrequency: "one_time",
    redemptionQuantity: 1,
    enabled,
  };
}

function mission(
  fields: Pick<MissionCreateInput, "title" | "displayName" | "missionType" | "targetValue"> &
    Partial<MissionCreateInput>,
): DemoMission["input"] {
  return {
    description: "",
    tierEligibility: "all",
    previewFromTier: null,
    displayOrder: 0,
    raffleEndDate: null,
    enabled: true,
    ...fields,
  };
}

/** Luma Botanics (sales, New York) and Casa Aurora (units, São Paulo), with dates relative to `today`. */
export function demoProgrammes(today: Day): DemoProgramme[] {
  return [luma(today), aurora(today)];
}

function luma(today: Day): DemoProgramme {
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

function aurora(today: Day): DemoProgramme {
  return {
    client: {
      subdomain: "aurora",
      name: "Casa Aurora",
      metric: "units",
      timezone: "America/Sao_Paulo",
      currency: "BRL",
      primaryColor: "#b4552d",
      checkpointMonths: 1,
    },
    ladder: [
      { name: "Semente", threshold: 0 },
      { name: "Broto", threshold: 100 },
      { name: "Flor", threshold: 300 },
      { name: "Jardim", threshold: 1000 },
    ],
    rewards: [
      reward("Vale-presente R$ 50", { type: "gift_card", amount: 50 }, "Enviado por e-mail."),
      reward("R$ 200 em Spark Ads", { type: "spark_ads", amount: 200 }, "Crédito para impulsionar um vídeo."),
      reward("+5 % de comissão por 14 dias", { type: "commission_boost", percent: 5, durationDays: 14 }, ""),
      reward("Kit de primavera", { type: "physical_gift" }, "", false),
    ],
    missions: [
      {
        input: mission({
          title: "primeiras-vendas",
          displayName: "Primeiras 25",
          missionType: "sales_units",
          targetValue: "25",
          displayOrder: 10,
        }),
        reward: 0,
        activatedBeforeRun: 0,
      },
      {
        input: mission({
          title: "broto-150",
          displayName: "Broto forte",
          missionType: "sales_units",
          targetValue: "150",
          tierEligibility: "tier_2",
          displayOrder: 20,
        }),
        reward: 1,
        activatedBeforeRun: 0,
      },
      {
        input: mission({
          title: "oito-videos",
          displayName: "Oito vídeos",
          missionType: "videos",
          targetValue: "8",
          displayOrder: 30,
        }),
        reward: 0,
        activatedBeforeRun: 1,
      },
      {
        input: mission({
          title: "curtidas-1000",
          displayName: "Mil curtidas",
          missionType: "likes",
          targetValue: "1000",
          tierEligibility: "tier_2",
          displayOrder: 40,
        }),
        reward: 2,
        activatedBeforeRun: 2,
      },
      {
        input: mission({
          title: "views-100k",
          displayName: "Cem mil",
          missionType: "views",
          targetValue: "100000",
          tierEligibility: "tier_3",
          displayOrder: 50,
        }),
        reward: 2,
        activatedBeforeRun: null,
      },
      {
        input: mission({
          title: "vendas-10k",
          displayName: "Dez mil reais",
          missionType: "sales_dollars",
          targetValue: "10000",
          tierEligibility: "tier_3",
          enabled: false,
          displayOrder: 60,
        }),
        reward: 1,
        activatedBeforeRun: null,
      },
      {
        input: mission({
          title: "sorteio-primavera",
          displayName: "Sorteio de primavera",
          missionType: "raffle",
          targetValue: "0",
          raffleEndDate: addDays(today, -12),
          displayOrder: 70,
        }),
        reward: 3,
        activatedBeforeRun: 1,
      },
      {
        input: mission({
          title: "jardim-semana",
          displayName: "Semana Jardim",
          missionType: "videos",
          targetValue: "7",
          tierEligibility: "tier_4",
          enabled: false,
          displayOrder: 80,
        }),
        reward: null,
        activatedBeforeRun: null,
      },
    ],
    population: { seed: 23, creators: 400, days: 36, medianUnits: 60, prices: [39.9, 54, 79.9] },
    unknownTiers: 5,
    unknownTierMission: null,
    adjustments: [
      { type: "manual_sale", value: "12", reason: "Feira em Pinheiros, nota 77" },
      { type: "correction", value: "-3", reason: "Contado em dobro em outubro" },
    ],
  };
}
