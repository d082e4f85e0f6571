import { z } from "zod";

/** Ways to put a finding right: attach creators to a tier, set checkpoints, recompute sums, wake, create redemptions, seed. */
export const fixKinds = ["attach", "checkpoints", "sums", "wake", "redemptions", "seed"] as const;
export type FixKind = (typeof fixKinds)[number];

/** `attach` alone takes the tier that creators get, and the unknown one they have (without it: all that are unknown). */
export const fixPreviewInput = z.object({
  code: z.string().max(100),
  tierId: z.string().max(60).optional(),
  fromTier: z.string().max(200).optional(),
});
export type FixPreviewInput = z.infer<typeof fixPreviewInput>;
/** `token`: of the preview that was shown */
export const fixApplyInput = fixPreviewInput.extend({ token: z.string().max(500) });
export type FixApplyInput = z.infer<typeof fixApplyInput>;

/** What a fix of this moment would change. */
export interface FixPreviewDto {
  kind: FixKind;
  /** records it changes, exactly */
  count: number;
  /** records of the finding that it leaves, for `leftBecause` */
  left: number;
  leftBecause: string;
  /** the first ten by name, with what becomes of them */
  sample: { label: string; detail: string }[];
  /** of `attach`: the unknown tiers and how many creators have each */
  unknownTiers: { tierId: string; creators: number }[];
  /** why it may not be written now, a sentence; null: it may */
  refusal: string | null;
  /** stands for exactly this set; null while something is still to be chosen, and where it is refused */
  token: string | null;
  computedAt: Date;
}

/** `stale`: the set has moved since the preview and nothing was written; `preview` is the new one. */
export type FixApplied = { kind: "fixed"; count: number } | { kind: "stale"; preview: FixPreviewDto };
