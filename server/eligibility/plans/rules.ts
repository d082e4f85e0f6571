import type { SeedId } from "../../base/ids.ts";
import type { BucketCounts } from "../schema.ts";
import type { DriftDto, DriftKind, DriftRow, PlannedMission, TermChange } from "./schema.ts";

/** A plan as the database keeps it. */
export interface StoredPlan {
  id: string;
  missionIds: string[];
  missions: PlannedMission[];
  supposesEnabled: boolean;
  /** PostgreSQL's text of the snapshot that the plan has seen */
  snapshot: string;
  willCreate: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
  byName: string;
  computedAt: Date;
  expiresAt: Date;
  seedId: SeedId | null;
}

const PLAN_HOURS = 24;
const HOUR_MS = 3_600_000;
const SWEPT_AFTER_DAYS = 7;

/** A plan can be run for a day: after that too much has happened to promise anything. */
export function expiryOf(computedAt: Date): Date {
  return new Date(computedAt.getTime() + PLAN_HOURS * HOUR_MS);
}

export function isExpired(plan: { expiresAt: Date }, now: Date): boolean {
  return plan.expiresAt.getTime() <= now.getTime();
}

/** Plans that expired before this instant are of no use to anybody. */
export function sweptBefore(now: Date): Date {
  return new Date(now.getTime() - SWEPT_AFTER_DAYS * 24 * HOUR_MS);
}

/** Adds up counts of several missions: pairs of creator and mission. */
export function sumOf(counts: readonly BucketCounts[]): BucketCounts {
  const total: BucketCounts = { willCreate: 0, alreadySeeded: 0, notEligible: 0, unknown: 0, total: 0 };
  for (const one of counts) {
    for (const name of Object.keys(total) as (keyof BucketCounts)[]) total[name] += one[name];
  }
  return total;
}

/** One difference as the database found it; `total` counts all of its kind. */
export interface DriftRecord extends DriftRow {
  kind: DriftKind;
  total: number;
}

/** Sorts what the database found by kind. */
export function driftOf(
  records: readonly DriftRecord[],
  terms: readonly TermChange[],
  isLadderChanged: boolean,
): DriftDto {
  const of = (wanted: DriftKind) => {
    const found = records.filter(({ kind }) => kind === wanted);
    const rows = found.map(({ kind: _kind, total: _total, ...row }) => row);
    return { total: found[0]?.total ?? 0, rows };
  };
  return {
    kinds: {
      newly_eligible: of("newly_eligible"),
      no_longer_eligible: of("no_longer_eligible"),
      seeded_meanwhile: of("seeded_meanwhile"),
      window_changed: of("window_changed"),
    },
    terms: [...terms],
    isLadderChanged,
  };
}
