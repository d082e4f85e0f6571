import type { GuardName } from "../../../server/sync/guards/schema.ts";

/** What each guard looks at, in the order of the steps. */
export const GUARD_WORDS: Record<GuardName, { label: string; step: string; description: string }> = {
  fewer_rows: {
    label: "Fewer rows than usual",
    step: "1 Import",
    description: "Rows that the file has less than the median of the last 7 files, once 3 are there",
  },
  rejected: { label: "Rejected rows", step: "1 Import", description: "Rows of the file that are set aside" },
  falling: {
    label: "Figures that fall",
    step: "1 Import",
    description: "Known videos whose views, sales or units would be less than before",
  },
  created: {
    label: "New creators",
    step: "1 Import",
    description: "Creators that a file brings, of those who are there",
  },
  demoted: { label: "Demotions", step: "4 Tiers", description: "Creators who would fall, of all whose tier is known" },
  redemptions: { label: "Redemptions", step: "8 Redemptions", description: "Rewards that one night would owe" },
  redemptions_value: {
    label: "Worth of redemptions",
    step: "8 Redemptions",
    description: "What they are worth together, those with a price",
  },
};
