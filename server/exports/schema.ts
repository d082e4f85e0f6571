/** The lists that can be downloaded, by their names in the address. */
export const exportListNames = [
  "missions",
  "eligibility",
  "near-misses",
  "plan-drift",
  "progress",
  "creators",
  "redemptions",
  "rewards",
  "adjustments",
  "seedings",
  "seeding-rows",
  "imports",
  "checked-rows",
  "new-creators",
  "runs",
  "tier-moves",
  "run-changes",
  "held-changes",
  "rehearsal",
  "finding",
  "audit",
] as const;
export type ExportListName = (typeof exportListNames)[number];

/** As many ticked rows as a download takes by their ids; more go out by the filter. */
export const MOST_TICKED = 200;
