import { z } from "zod";
import { pageInput } from "../../base/paging.ts";
import type { MissionType } from "../../missions/schema.ts";
import { changeKinds } from "../changes/schema.ts";
import type { ChangeKind, NamedChange, SeededMission } from "../changes/schema.ts";
import type { RunTotals, StepDto } from "../schema.ts";

/** `failed`: the night itself would fail, at the step that says so. `ended`: it was not played to its end. */
export const rehearsalStatuses = ["running", "finished", "failed", "ended"] as const;
export type RehearsalStatus = (typeof rehearsalStatuses)[number];

/** `importId`: the stored file to play with; without it the rehearsal takes what tonight would take from the inbox. */
export const rehearseInput = z.object({ importId: z.guid().optional() });
export const rehearsalInput = z.object({ rehearsalId: z.guid() });
export const rehearsalChangeFilters = rehearsalInput.extend({ kind: z.enum(changeKinds) });
export type RehearsalChangeFilters = z.infer<typeof rehearsalChangeFilters>;
/** by handle, then mission */
export const rehearsalChangeListInput = pageInput.extend(rehearsalChangeFilters.shape);
export type RehearsalChangeListInput = z.infer<typeof rehearsalChangeListInput>;

/** Of a busy client nothing was started: a sync is queued or under way, or another rehearsal is. */
export type RehearsalStarted =
  | { kind: "started"; rehearsalId: string }
  | { kind: "busy"; by: "sync"; runId: string; number: number }
  | { kind: "busy"; by: "rehearsal"; rehearsalId: string };

/** `over`: it had come to its end before; `status` says how. */
export type RehearsalEnded = { kind: "ended" } | { kind: "over"; status: RehearsalStatus };

/** Why a rehearsal was not played to its end. */
export const endCodes = [
  "write",
  "sync",
  "person",
  "time_limit",
  "stopped",
  "process_died",
  "connection_lost",
  "unexpected",
] as const;
export type EndCode = (typeof endCodes)[number];

/** What the night would do, in figures; 0 where its step was not played. */
export interface RehearsalTotals extends RunTotals {
  videosCreated: number;
  videosUpdated: number;
  /** adjustments that would be applied */
  applied: number;
  maintained: number;
  /** decimal text, in the client's money: all redemptions that have a price */
  redemptionsValue: string;
  redemptionsWithoutPrice: number;
}

export interface RehearsalRow {
  id: string;
  status: RehearsalStatus;
  byName: string;
  /** when it began, which all its steps took for now */
  at: Date;
  endedAt: Date | null;
  fileName: string | null;
  importId: string | null;
  totals: RehearsalTotals;
  /** of a failed one the step's own code, of an ended one an `EndCode` */
  error: { code: string; message: string } | null;
}

export interface RehearsalDto extends RehearsalRow {
  steps: StepDto[];
  seeded: SeededMission[];
  /** how many changes of each kind are listed by name: of seeded at most the first 10,000 */
  named: Record<ChangeKind, number>;
  /** what was written when it was ended by a write, as far as the audit log says */
  meanwhile: { action: string; byName: string; subject: string | null } | null;
}

/** A change as it is listed, with what its mission counts; null where there is none, or it is gone. */
export interface RehearsalChange extends NamedChange {
  missionType: MissionType | null;
}
