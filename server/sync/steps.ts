/** The pipeline: the eight steps in the order of the domain reference, section 8. */
import { applyAdjustments } from "../adjustments/service.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { progressStep, wakeStep } from "../progress/service.ts";
import { redemptionsStep } from "../redemptions/service.ts";
import { seedStep } from "../seeding/service.ts";
import { moveTiers } from "../tiers/moves.ts";
import { importStep, prepareImport } from "./import-step.ts";
import type { SyncStep } from "./step-types.ts";

export const pipeline: readonly SyncStep[] = [
  { name: "import", prepare: prepareImport, run: importStep, fills: { users: "creatorsCreated", videos: "created" } },
  { name: "adjustments", run: applyAdjustments },
  { name: "totals", run: recomputeTotals, fills: { creator_ranks: "changed" } },
  { name: "tiers", run: moveTiers },
  { name: "seed", run: seedStep, fills: { mission_progress: "created" } },
  { name: "wake", run: wakeStep },
  { name: "progress", run: progressStep },
  { name: "redemptions", run: redemptionsStep },
];
