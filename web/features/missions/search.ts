import { z } from "zod";
import { buckets, reasons } from "../../../server/eligibility/schema.ts";
import { missionFilters, missionTarget } from "../../../server/missions/schema.ts";
import { nearMissKinds } from "../../../server/seeding/near-misses/schema.ts";
import { progressStatuses } from "../../../server/progress/schema.ts";
import { backtestWindows } from "../../../server/seeding/backtest/schema.ts";
import { fates } from "../../../server/seeding/undo/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

/** The missions list: filters, the place in the list, and which view of it. */
export const missionsSearch = searchOf({
  ...missionFilters.shape,
  ...placeShape,
  view: z.enum(["coverage"]),
  /** In the coverage: drafts count as if they were enabled. */
  drafts: z.boolean(),
});

/** Terms supposed instead of the saved ones. A number that somebody typed into the address is read as its text. */
const whatIfShape = {
  ifTier: z.string().min(1).max(100),
  ifTarget: z.coerce.string().pipe(missionTarget),
  ifEnabled: z.boolean(),
};

/** The seeding whose undo is being asked, which list of its rows is looked at, and the place in that. */
const undoShape = {
  undo: z.guid(),
  undoFate: z.enum(fates),
  undoAfter: z.string().max(400),
  undoBefore: z.string().max(400),
  undoPage: z.number().int().min(1),
};

/** The mission page: its tab, the filters of the list below, and the place in that list. */
export const missionSearch = searchOf({
  tab: z.enum(["preview", "progress", "backtest", "settings", "history"]),
  bucket: z.enum(buckets),
  reason: z.enum(reasons),
  tier: z.string().max(100),
  q: z.string().max(100),
  status: z.enum([...progressStatuses, "over"]),
  list: z.enum(["seedings", "changes"]),
  ...undoShape,
  window: z.enum(backtestWindows),
  ...whatIfShape,
  near: z.enum(nearMissKinds),
  nearSort: z.enum(["handle"]),
  nearAfter: z.string().max(400),
  nearBefore: z.string().max(400),
  nearPage: z.number().int().min(1),
  /** whose explanation is open */
  creator: z.guid(),
  ...placeShape,
});

/** All seedings: the place in the list, and the one whose undo is being asked. */
export const seedingsSearch = searchOf({ ...undoShape, ...placeShape });

export type UndoSearch = Pick<z.infer<typeof seedingsSearch>, keyof typeof undoShape>;

/** Opens the undo of a seeding at its beginning, or closes it. */
export function undoOf(seedId: string | undefined): UndoSearch {
  return { undo: seedId, undoFate: undefined, ...undoPlace({}) };
}

/** The place in the list of its rows, as the address has it. */
export function undoPlace({ after, before, page }: PagerPlace): UndoSearch {
  return { undoAfter: after, undoBefore: before, undoPage: page };
}

export type MissionTab = "preview" | "progress" | "backtest" | "settings" | "history";
