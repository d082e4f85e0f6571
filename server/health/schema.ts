import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { FixKind } from "./fixes/schema.ts";
import type { MuteDto } from "./mutes/schema.ts";

/** a finding by its code */
export const findingFilters = z.object({ code: z.string().max(100) });
/** by creator, mission, tier or run, then by mission */
export const recordListInput = pageInput.extend(findingFilters.shape);
export type RecordListInput = z.infer<typeof recordListInput>;

export const severities = ["red", "amber", "grey"] as const;
export type Severity = (typeof severities)[number];

export interface HealthFinding {
  /** stable code, e.g. creators_unknown_tier */
  code: string;
  severity: Severity;
  title: string;
  explanation: string;
  /** records as of `madeAt`; 0 also where the check could not be made yet, which `trouble` tells */
  count: number;
  /** records that have a name: the rows of its list and its download */
  named: number;
  /** the first five by name: of progress rows, their missions */
  sample: { kind: "creator" | "mission" | "tier" | "run"; id: string; label: string }[];
  /** against what was found after an earlier sync; null where no sync has made this check before */
  change: { by: number; sinceRun: number } | null;
  /** since when it has found something without a break */
  firstSeenAt: Date | null;
  /** null: it could not be made yet */
  madeAt: Date | null;
  /** the last attempt, where that came to nothing; the figures are those of `madeAt` */
  trouble: { at: Date; kind: "timed_out" | "failed" } | null;
  /** somebody does not want to be told of it for now */
  muted: MuteDto | null;
  /** how this page can put it right */
  fix: FixKind | null;
}

/** All checks as they were last made, the worst kind first; those with count 0 are clean. */
export interface HealthDto {
  /** the oldest of the checks that could be made */
  computedAt: Date;
  /** number of a sync that ended after that; null when there is none */
  olderThanRun: number | null;
  /** the last change that somebody made in the console after that; null when there is none */
  olderThanChange: { at: Date; byName: string } | null;
  checks: HealthFinding[];
}

/** One record that a check is about. */
export interface RecordDto {
  kind: "creator" | "mission" | "tier" | "run";
  id: string;
  label: string;
  /** of a progress row or pair, beside its creator */
  mission: { id: string; name: string } | null;
  /** what is the matter with it */
  detail: string;
}
