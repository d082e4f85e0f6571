import { z } from "zod";
import { pageInput } from "../base/paging.ts";

export const adjustmentTypes = ["manual_sale", "refund", "bonus", "correction"] as const;
export type AdjustmentType = (typeof adjustmentTypes)[number];
/** `value` is money or whole units by the client's metric, as signed decimal text: manual sales and bonuses above 0, refunds below. */
export const adjustmentCreateInput = z.object({
  handle: z.string().trim().min(2).max(101),
  adjustmentType: z.enum(adjustmentTypes),
  value: z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/, "A number such as 25 or -25.50"),
  reason: z.string().trim().min(1).max(1000),
});
export type AdjustmentCreateInput = z.infer<typeof adjustmentCreateInput>;
export const adjustmentFilters = z.object({
  isPending: z.boolean().optional(),
  userId: z.guid().optional(),
});
export const adjustmentListInput = pageInput.extend(adjustmentFilters.shape);
export type AdjustmentListInput = z.infer<typeof adjustmentListInput>;

export interface AdjustmentDto {
  id: string;
  userId: string;
  handle: string;
  amount: string | null;
  amountUnits: string | null;
  adjustmentType: AdjustmentType;
  reason: string;
  adjustedBy: string;
  createdAt: Date;
  /** null while it waits for the next sync */
  appliedAt: Date | null;
}
