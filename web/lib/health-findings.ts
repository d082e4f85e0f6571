import type { HealthFinding } from "../../server/health/schema.ts";

/** True for a finding that asks for a decision: not one for information alone, and none that somebody has muted. */
export function asksForDecision(check: Pick<HealthFinding, "count" | "severity" | "muted">): boolean {
  return check.count > 0 && check.severity !== "grey" && check.muted === null;
}
