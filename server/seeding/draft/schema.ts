import { z } from "zod";
import type { PreviewDto } from "../../eligibility/schema.ts";
import type { RelaxHint } from "../../eligibility/what-if/schema.ts";
import { type MissionCreateInput, missionTypes } from "../../missions/schema.ts";
import type { NearMissCounts } from "../near-misses/schema.ts";

/** A mission's form as far as it is written: what decides who would get it and what that may cost. Texts may be half typed. */
export const draftInput = z.object({
  /** the mission that is being changed; without it a new one */
  missionId: z.guid().optional(),
  missionType: z.enum(missionTypes),
  targetValue: z.string().trim().max(100).default(""),
  rewardId: z.guid().nullable().default(null),
  tierEligibility: z.string().trim().max(100).default("all"),
  raffleEndDate: z.string().trim().max(100).nullable().default(null),
  /** near-misses of a target are summed from the videos and take longer than the rest */
  nearMisses: z.boolean().default(true),
});
export type DraftInput = z.infer<typeof draftInput>;

/** What keeps the form from being saved: the field and a sentence. */
export interface DraftFault {
  field: keyof MissionCreateInput;
  message: string;
}

/** What a seed would do if the form were saved and the mission enabled; nothing was saved. */
export interface DraftDto extends Pick<PreviewDto, "computedAt" | "counts" | "byReason" | "byTier" | "rewardCeiling"> {
  faults: DraftFault[];
  /** how each rule that removes creators could be loosened */
  relax: RelaxHint[];
  /** null when they were not asked for */
  nearMisses: {
    tier: NearMissCounts;
    /** null while there is no target to be near to */
    target: NearMissCounts | null;
  } | null;
}
