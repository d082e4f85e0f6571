import { z } from "zod";
import { pageInput } from "../base/paging.ts";

export const auditFilters = z.object({
  action: z.string().max(100).optional(),
  subjectId: z.string().max(100).optional(),
});
export type AuditFilters = z.infer<typeof auditFilters>;
/** newest first */
export const auditListInput = pageInput.extend(auditFilters.shape);
export type AuditListInput = z.infer<typeof auditListInput>;

export interface AuditDto {
  id: string;
  at: Date;
  actorKind: "admin" | "job" | "cli" | "sql";
  actorName: string;
  action: string;
  subject: { kind: string; id: string; name: string | null } | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  counts: Record<string, number> | null;
}
