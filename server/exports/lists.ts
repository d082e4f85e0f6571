/** The table of contents of downloads: each list by its name in the address, with what a reader needs to have. */
import type { Permission } from "../access/schema.ts";
import type { ExportList } from "../csv/list.ts";
import { eligibilityExport } from "../eligibility/export.ts";

export interface Listed {
  permission: Permission;
  list: ExportList;
}

export const exportLists = {
  eligibility: { permission: "eligibility:read", list: eligibilityExport },
} as const satisfies Record<string, Listed>;
