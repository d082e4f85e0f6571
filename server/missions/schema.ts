import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { RewardValue } from "../rewards/schema.ts";

export const missionTypes = ["sales_dollars", "sales_units", "videos", "views", "likes", "raffle"] as const;
export type MissionType = (typeof missionTypes)[number];
/** draft: not enabled; enabled: enabled, asleep; active: enabled and activated; ended: a raffle whose end date has passed. */
export const missionStates = ["draft", "enabled", "active", "ended"] as const;
export type MissionState = (typeof missionStates)[number];

/** A target as decimal text. Money to the cent, as it is shown: what is smaller would stand on the page as another number. */
export const missionTarget = z.string().regex(/^\d{1,12}(\.\d{1,2}0{0,2})?$/, "A number such as 1000 or 1000.50");

const tierName = z.string().trim().min(1).max(100);

const missionFields = {
  title: z.string().trim().min(1).max(200),
  displayName: z.string().trim().max(200).default(""),
  description: z.string().trim().max(4000).default(""),
  /** decimal text; "0" for a raffle, above 0 for every other type */
  targetValue: missionTarget,
  rewardId: z.guid().nullable().default(null),
  /** 'all' or a tier of the ladder; a tier of an older system that stands on a mission may stay */
  tierEligibility: tierName.default("all"),
  /** creators from this tier up to below the mission's see it locked; null: nobody does */
  previewFromTier: tierName.nullable().default(null),
  displayOrder: z.number().int().min(0).max(1_000_000).default(0),
  /** 'YYYY-MM-DD', only for a raffle */
  raffleEndDate: z.iso
    .date()
    .refine((day) => day >= "2014-01-01", "A day from 2014 on, such as 2026-11-20")
    .nullable()
    .default(null),
  enabled: z.boolean().default(false),
};
export const missionCreateInput = z.object({ missionType: z.enum(missionTypes), ...missionFields });
export type MissionCreateInput = z.infer<typeof missionCreateInput>;
export const missionUpdateInput = z.object({ missionId: z.guid(), ...missionFields });
export type MissionUpdateInput = z.infer<typeof missionUpdateInput>;
export const missionInput = z.object({ missionId: z.guid() });
export const missionFilters = z.object({
  q: z.string().max(100).optional(),
  state: z.enum(missionStates).optional(),
  tier: z.string().max(100).optional(),
});
export type MissionFilters = z.infer<typeof missionFilters>;
/** `missionIds`: of the missions that the other filters let through only these, the ticked ones of the list */
export const missionExportFilters = missionFilters.extend({ missionIds: z.array(z.guid()).min(1).max(200).optional() });
export type MissionExportFilters = z.infer<typeof missionExportFilters>;
export const missionListInput = pageInput.extend(missionFilters.shape);
export type MissionListInput = z.infer<typeof missionListInput>;
export const missionCountsInput = z.object({ missionIds: z.array(z.guid()).max(200) });
/** activates, and enables a disabled mission; with `seed` the missing rows are created in the same transaction */
export const activationFactsInput = z.object({ missionId: z.guid(), seed: z.boolean().default(true) });
export const missionActivateInput = activationFactsInput.extend({
  /** deletes sleeping rows whose window is over and seeds them anew with the creator's present window; needs `seed` */
  replaceOver: z.boolean().default(false),
  /** the preview that promised the rows to be created: refused as stale when the world moved since; needs `seed` */
  planId: z.guid().optional(),
  /** the mission's name, typed: starts a mission although its light is red */
  confirmation: z.string().trim().max(200).optional(),
});
export type MissionActivateInput = z.infer<typeof missionActivateInput>;
/** `disable` switches the mission off as well */
export const missionDeactivateInput = missionInput.extend({ disable: z.boolean().default(false) });
export type MissionDeactivateInput = z.infer<typeof missionDeactivateInput>;

export interface MissionRewardDto {
  id: string;
  name: string;
  value: RewardValue;
  enabled: boolean;
}

export interface MissionDto {
  id: string;
  /** what creators see: the display name, else the title */
  name: string;
  title: string;
  displayName: string;
  description: string;
  missionType: MissionType;
  targetValue: string;
  targetUnit: "dollars" | "units" | "count";
  reward: MissionRewardDto | null;
  tierEligibility: string;
  /** null when tierEligibility is 'all' or names no tier of the ladder */
  tierName: string | null;
  isTierKnown: boolean;
  previewFromTier: string | null;
  displayOrder: number;
  raffleEndDate: string | null;
  enabled: boolean;
  activated: boolean;
  state: MissionState;
  createdAt: Date;
  updatedAt: Date;
}

/** seeded = active + dormant + completed + over; eligible counts creators who qualify, seeded or not (0 while disabled). */
export interface MissionCountsDto {
  missionId: string;
  eligible: number;
  seeded: number;
  active: number;
  dormant: number;
  completed: number;
  /** rows not completed whose window's last day has passed */
  over: number;
  notSeeded: number;
  /** the last seeding that created rows of it and was not undone */
  lastSeededAt: Date | null;
}

/** What an activation would do, before anything is written (domain reference, section 5). */
export interface ActivationFactsDto {
  willEnable: boolean;
  /** why it cannot be activated, or null */
  refusal: string | null;
  /** rows that would move: those not completed and, with `seed`, those that would be created */
  concerned: number;
  woken: number;
  created: number;
  completeAtOnce: number;
  /** what those completions cost, in the client's currency; null when the reward has no money value */
  costAtOnce: string | null;
  currency: string;
  windowsOver: number;
  windowsEndingSoon: number;
  /** dormant rows whose window is over and have never moved: activation offers to replace them */
  dormantOver: number;
  /** of those, the rows that `replaceOver` would replace: the creator still qualifies and has a present window that is not over */
  replaceable: number;
}

export interface ActivationDto {
  woken: number;
  /** replaced rows included */
  created: number;
  /** sleeping rows that were deleted and created anew */
  replaced: number;
  alreadySeeded: number;
  seedId: string | null;
  /** whether the mission was a draft and this activation enabled it */
  enabled: boolean;
}
