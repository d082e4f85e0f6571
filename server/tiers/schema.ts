import { z } from "zod";

const threshold = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, "A number such as 1000 or 1000.50")
  .nullable();

/** The whole ladder, lowest first: order follows position. A tier without `tierId` is new; one left out is removed. */
export const tiersUpdateInput = z.object({
  tiers: z
    .array(
      z.object({
        tierId: z
          .string()
          .regex(/^tier_[1-6]$/)
          .nullable(),
        tierName: z.string().trim().min(1).max(60),
        tierColor: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/)
          .nullable(),
        /** money as decimal text; null where the client counts units */
        salesThreshold: threshold,
        /** whole units as text; null where the client counts sales */
        unitsThreshold: z
          .string()
          .regex(/^\d{1,15}$/, "A whole number")
          .nullable(),
        commissionRate: z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, "A percentage such as 12 or 12.5"),
        checkpointExempt: z.boolean(),
      }),
    )
    .min(1)
    .max(6),
});
export type TiersUpdateInput = z.infer<typeof tiersUpdateInput>;

export interface TierDto {
  tierId: string;
  tierOrder: number;
  tierName: string;
  tierColor: string | null;
  salesThreshold: string | null;
  unitsThreshold: string | null;
  commissionRate: string;
  checkpointExempt: boolean;
  /** creators whose current tier this is */
  creators: number;
}

export interface LadderDto {
  tiers: TierDto[];
  /** creators whose tier is not in the ladder */
  unknownCreators: number;
}
