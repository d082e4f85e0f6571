import { z } from "zod";
import type { MissionType } from "../../missions/schema.ts";
import { pageInput } from "../../base/paging.ts";
import type { StepName } from "../schema.ts";

/** What a rehearsal tells by name: the kinds of changes, and one of them. */
export const changeKinds = ["created", "promoted", "demoted", "seeded", "completed", "redemption"] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a run keeps by name. Rows that it seeded are kept by the seeding itself, and listed by it. */
export const keptKinds = ["created", "promoted", "demoted", "maintained", "woken", "completed", "redemption"] as const;
export type KeptKind = (typeof keptKinds)[number];

export interface NamedChange {
  /** null for a creator who does not exist: a rehearsal made it up and took it back */
  userId: string | null;
  handle: string;
  /** of seeded, woken, completed and redemption */
  missionId: string | null;
  missionName: string | null;
  /** what its values count, where a list says so */
  missionType?: MissionType | null;
  /** of promoted, demoted and maintained */
  tierBefore: string | null;
  tierAfter: string | null;
  /**
   * Decimal text: the metric that a move was judged by, the value that a row completed with, the money that a redemption is
   * worth; null where there is none, such as a reward without a price.
   */
  value: string | null;
  /** of redemption */
  rewardName: string | null;
}

/** Rows that a run creates of one mission. */
export interface SeededMission {
  missionId: string;
  missionName: string;
  count: number;
}

/** Names are kept for so many months; of older runs the counts are left. */
export const NAMES_KEPT_MONTHS = 13;

export const runChangeFilters = z.object({ runId: z.guid(), kind: z.enum(keptKinds) });
export type RunChangeFilters = z.infer<typeof runChangeFilters>;
/** by handle, then mission */
export const runChangeListInput = pageInput.extend(runChangeFilters.shape);
export type RunChangeListInput = z.infer<typeof runChangeListInput>;

export type RunChange = NamedChange;

/** What a run changed, in figures; 0 where its step has not run. */
export interface RunChangesDto {
  /** exact, as its steps counted them */
  counts: Record<KeptKind | "seeded", number>;
  /** how many of them are listed by name: none once the names are older than 13 months */
  named: Record<KeptKind, number>;
  /** what its seeding is called, whose rows are listed by `seeding.rows`; null when it seeded nothing */
  seedId: string | null;
  /** rows that it seeded, by mission */
  seeded: SeededMission[];
  videos: { created: number; updated: number };
  /** decimal text, in the client's money: the named redemptions that have a price */
  redemptionsValue: string;
  redemptionsWithoutPrice: number;
  skipped: { step: StepName; reason: string; count: number }[];
}
