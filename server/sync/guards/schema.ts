import { z } from "zod";
import { decimalText } from "../../base/decimal.ts";
import { pageInput } from "../../base/paging.ts";
import { UNLOOKED_AT } from "../../redemptions/schema.ts";
import { keptKinds } from "../changes/schema.ts";
import type { KeptKind, NamedChange } from "../changes/schema.ts";
import type { StepName } from "../schema.ts";

/** What is looked at before a step is committed, in the order of the steps. */
export const guardNames = [
  "fewer_rows",
  "rejected",
  "falling",
  "created",
  "demoted",
  "redemptions",
  "redemptions_value",
] as const;
export type GuardName = (typeof guardNames)[number];

/** How a threshold is measured: in per cent of what was there, in things, in the client's money. */
export type GuardUnit = "percent" | "count" | "money";

/** The step that each guard watches, its unit, and the threshold of a client that has set none. */
export const guards = {
  fewer_rows: { step: "import", unit: "percent", byDefault: "40" },
  rejected: { step: "import", unit: "percent", byDefault: "10" },
  falling: { step: "import", unit: "percent", byDefault: "5" },
  created: { step: "import", unit: "percent", byDefault: "20" },
  demoted: { step: "tiers", unit: "percent", byDefault: "5" },
  redemptions: { step: "redemptions", unit: "count", byDefault: UNLOOKED_AT.redemptions },
  redemptions_value: { step: "redemptions", unit: "money", byDefault: UNLOOKED_AT.redemptions_value },
} as const satisfies Record<GuardName, { step: StepName; unit: GuardUnit; byDefault: string }>;

/**
 * Per cent are judged from so many on, creators, rows or videos: a share of fewer says nothing, and a first night is not held for
 * having had nobody before.
 */
export const LEAST_JUDGED = 20;
/** A file is measured against the median of the last so many, and only once three are there. */
export const FILES_BEFORE = 7;
export const LEAST_FILES = 3;
/** Of each kind so many names are kept with a held run; the others are counted. */
export const MOST_NAMED = 10_000;

const percent = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, "Per cent such as 5 or 7.5, up to 999.99");
const count = z.string().regex(/^\d{1,9}$/, "A whole number such as 1000");
const inUnit = { percent, count, money: decimalText } as const;
const threshold = (name: GuardName) => inUnit[guards[name].unit].nullable();

/** Every guard with its threshold; null switches it off. */
export const guardsSaveInput = z.object({
  thresholds: z.object({
    fewer_rows: threshold("fewer_rows"),
    rejected: threshold("rejected"),
    falling: threshold("falling"),
    created: threshold("created"),
    demoted: threshold("demoted"),
    redemptions: threshold("redemptions"),
    redemptions_value: threshold("redemptions_value"),
  }),
});
export type Thresholds = z.infer<typeof guardsSaveInput>["thresholds"];

export interface GuardsDto {
  /** decimal text; null: off */
  thresholds: Thresholds;
  /** when an owner last changed one; null: all are as they come */
  updatedAt: Date | null;
}

/** A guard that tripped: what there would be, of how many, and what is allowed. */
export interface Trip {
  guard: GuardName;
  /** decimal text: how many there would be, or how much */
  actual: string;
  /** what a percentage is of; null for a count and for money */
  base: number | null;
  /** decimal text, in the guard's unit */
  threshold: string;
  /** decimal text: the most that is allowed of what `actual` says */
  allowed: string;
}

export const reasonText = z.string().trim().min(3, "Say why in a few words").max(500);
export const releaseInput = z.object({ runId: z.guid(), reason: reasonText });
export type ReleaseInput = z.infer<typeof releaseInput>;
/** `discardFile`: a run held at its import gives its file up too, or the next night takes it again. */
export const discardInput = releaseInput.extend({ discardFile: z.boolean().default(true) });
export type DiscardInput = z.infer<typeof discardInput>;

/** `not_held`: somebody was faster, or it never was; `status` says how it stands. */
export type HoldDecided = { kind: "released" | "discarded" } | { kind: "not_held"; status: string };

/** One time that a run was held. */
export interface HoldDto {
  number: number;
  step: StepName;
  at: Date;
  trips: (Trip & { sentence: string })[];
  /** what the step that was taken back had counted */
  counts: Record<string, number>;
  /** how many changes of each kind are named, of each at most the first 10,000 */
  named: Partial<Record<KeptKind, number>>;
  decision: "released" | "discarded" | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
}

export const holdChangeFilters = z.object({
  runId: z.guid(),
  number: z.number().int().min(1).max(1_000_000),
  kind: z.enum(keptKinds),
});
/** by handle, then mission */
export const holdChangeListInput = pageInput.extend(holdChangeFilters.shape);
export type HoldChangeListInput = z.infer<typeof holdChangeListInput>;
export type HoldChange = NamedChange;
