import { z } from "zod";
import { buckets, reasons } from "../../../server/eligibility/schema.ts";
import { missionFilters } from "../../../server/missions/schema.ts";
import { progressStatuses } from "../../../server/progress/schema.ts";
import { backtestWindows } from "../../../server/seeding/backtest/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The missions list: filters and the place in the list. */
export const missionsSearch = searchOf({ ...missionFilters.shape, ...placeShape });

/** The mission page: its tab, the filters of the list below, and the place in that list. */
export const missionSearch = searchOf({
  tab: z.enum(["preview", "progress", "backtest", "settings", "history"]),
  bucket: z.enum(buckets),
  reason: z.enum(reasons),
  tier: z.string().max(100),
  q: z.string().max(100),
  status: z.enum([...progressStatuses, "over"]),
  list: z.enum(["seedings", "changes"]),
  /** the seeding whose undo is being asked */
  undo: z.guid(),
  window: z.enum(backtestWindows),
  /** a supposed target; typed by hand, the address makes a number of it */
  target: z.union([z.string().max(30), z.number().transform(String)]),
  ...placeShape,
});

/** All seedings: the place in the list, and the one whose undo is being asked. */
export const seedingsSearch = searchOf({ undo: z.guid(), ...placeShape });

export type MissionTab = "preview" | "progress" | "backtest" | "settings" | "history";
