import { z } from "zod";
import { parseDay } from "../base/days.ts";
import type { ChangeKind, NamedChange, SeededMission } from "../sync/changes/schema.ts";
import type { RunStatus, RunTotals } from "../sync/schema.ts";

export const digestModes = ["off", "after_run", "at_hour"] as const;
export type DigestMode = (typeof digestModes)[number];

/** `hour`: from which hour of the client's day on it is sent, where the mode is `at_hour`. */
export const digestSettingsInput = z.object({
  mode: z.enum(digestModes),
  hour: z.number().int().min(0).max(23),
});
export type DigestSettings = z.infer<typeof digestSettingsInput>;
/** A day in the client's time zone; without it today. */
export const digestInput = z.object({
  day: z
    .string()
    .refine((text) => parseDay(text) !== null, "A day such as 2026-11-22")
    .optional(),
});

/** The kinds of changes that a digest names. What was seeded is told by mission: it is too much to name. */
export const digestKinds = [
  "promoted",
  "demoted",
  "created",
  "completed",
  "redemption",
] as const satisfies ChangeKind[];
export type DigestKind = (typeof digestKinds)[number];
/** So many names of a kind; the run's page has them all. */
export const NAMES_SHOWN = 12;

/** A change with the tiers by their names. */
export interface DigestRun {
  id: string;
  number: number;
  status: RunStatus;
  startedAt: Date | null;
  endedAt: Date;
  warnings: number;
  error: { code: string; message: string } | null;
  totals: RunTotals;
  /** the first names of each kind; `totals` has the counts */
  named: Record<DigestKind, NamedChange[]>;
  seeded: SeededMission[];
}

export interface DigestDto {
  /** 'YYYY-MM-DD' in the client's time zone */
  day: string;
  /** what happened, in one sentence */
  title: string;
  /** the runs that ended on that day, oldest first */
  runs: DigestRun[];
}
