/** The table of contents of downloads: each list by its name in the address, with what a reader needs to have. */
import type { Permission } from "../access/schema.ts";
import { adjustmentsExport } from "../adjustments/export.ts";
import { auditExport } from "../audit/export.ts";
import { creatorsExport } from "../creators/export.ts";
import type { ExportList } from "../csv/list.ts";
import { eligibilityExport } from "../eligibility/export.ts";
import { planDriftExport } from "../eligibility/plans/export.ts";
import { findingExport } from "../health/export.ts";
import { missionsExport } from "../missions/export.ts";
import { progressExport } from "../progress/export.ts";
import { redemptionsExport } from "../redemptions/export.ts";
import { rewardsExport } from "../rewards/export.ts";
import { nearMissesExport } from "../seeding/near-misses/export.ts";
import { seedRowsExport, seedingsExport } from "../seeding/export.ts";
import { checkedRowsExport, newCreatorsExport } from "../imports/check/export.ts";
import { importsExport } from "../imports/history/export.ts";
import { heldChangesExport } from "../sync/guards/export.ts";
import { runChangesExport } from "../sync/changes/export.ts";
import { runsExport, tierMovesExport } from "../sync/history/export.ts";
import type { ExportListName } from "./schema.ts";
import { rehearsalExport } from "../sync/rehearsal/export.ts";

export interface Listed {
  permission: Permission;
  list: ExportList;
  /**
   * Whether the file may be up to 30 s old, and then says so in its name. Not for what somebody has just entered, nor for what
   * they look at before they seed, undo, apply or release: that comes from the primary.
   */
  mayBeStale?: boolean;
}

export const exportLists = {
  missions: { permission: "missions:read", list: missionsExport },
  eligibility: { permission: "eligibility:read", list: eligibilityExport },
  "near-misses": { permission: "eligibility:read", list: nearMissesExport },
  "plan-drift": { permission: "eligibility:read", list: planDriftExport },
  progress: { permission: "progress:read", list: progressExport, mayBeStale: true },
  creators: { permission: "creators:read", list: creatorsExport, mayBeStale: true },
  redemptions: { permission: "redemptions:read", list: redemptionsExport, mayBeStale: true },
  rewards: { permission: "rewards:read", list: rewardsExport },
  adjustments: { permission: "adjustments:read", list: adjustmentsExport },
  seedings: { permission: "seeding:read", list: seedingsExport },
  "seeding-rows": { permission: "seeding:read", list: seedRowsExport },
  "checked-rows": { permission: "imports:read", list: checkedRowsExport },
  "new-creators": { permission: "imports:read", list: newCreatorsExport },
  imports: { permission: "imports:read", list: importsExport },
  runs: { permission: "sync:read", list: runsExport, mayBeStale: true },
  "tier-moves": { permission: "sync:read", list: tierMovesExport, mayBeStale: true },
  "run-changes": { permission: "sync:read", list: runChangesExport, mayBeStale: true },
  "held-changes": { permission: "sync:read", list: heldChangesExport },
  finding: { permission: "health:read", list: findingExport },
  audit: { permission: "audit:read", list: auditExport, mayBeStale: true },
  rehearsal: { permission: "sync:read", list: rehearsalExport },
} as const satisfies Record<ExportListName, Listed>;
