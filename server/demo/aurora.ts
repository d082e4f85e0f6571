import { addDays, type Day } from "../base/days.ts";
import { type DemoProgramme, mission, reward } from "./programme.ts";

/** Casa Aurora: counts units, São Paulo; dates relative to `today`. */
export function aurora(today: Day): DemoProgramme {
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
