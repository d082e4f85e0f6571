import { z } from "zod";

/** a finding by its code */
export const findingFilters = z.object({ code: z.string().max(100) });

export const severities = ["red", "amber", "grey"] as const;
export type Severity = (typeof severities)[number];

export interface HealthFinding {
  /** stable code, e.g. creators_unknown_tier */
  code: string;
  severity: Severity;
  title: string;
  explanation: string;
  count: number;
  /** things it is about, each by its name: the rows of its download */
  named: number;
  /** the first five by name */
  sample: { kind: "creator" | "mission" | "tier" | "run" | "import"; id: string; label: string }[];
}

/** All checks that were made; those with count 0 are clean. */
export interface HealthDto {
  computedAt: Date;
  checks: HealthFinding[];
}
