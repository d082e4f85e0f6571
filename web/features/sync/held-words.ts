import type { GuardName } from "../../../server/sync/guards/schema.ts";

/** What is usually behind it, for whoever has to decide. */
export const GUARD_HINTS: Record<GuardName, string> = {
  fewer_rows: "A file that was cut off is the usual cause.",
  rejected: "An export with other columns or another format is the usual cause.",
  falling: "A file of an earlier day is the usual cause.",
  created: "A file of another programme is the usual cause, or a campaign that went well.",
  demoted: "A file that lacks videos makes windows look empty; a season that ends does so too.",
  redemptions: "A target that is set too low is the usual cause, or a campaign that went well.",
  redemptions_value: "A target that is set too low is the usual cause, or a campaign that went well.",
};
