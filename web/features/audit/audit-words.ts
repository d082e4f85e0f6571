import type { AuditDto } from "../../../server/audit/schema.ts";
import { TYPE_WORDS } from "../../lib/mission-words.ts";
import { formatCount } from "../../lib/numbers.ts";
import { overriddenText } from "../../lib/override-words.ts";

const ACTIONS: Record<string, string> = {
  "mission.updated": "Mission changed",
  "mission.duplicated": "Mission copied",
  "missions.seeded": "Missions seeded",
  "seeding.queued": "Large seeding asked for",
  "seeding.failed": "Large seeding failed",
  "seeding.cancelled": "Large seeding cancelled",
  "reward.updated": "Reward changed",
  "adjustment.created": "Adjustment entered",
  "member.role_changed": "Role changed",
  "tiers.updated": "Ladder changed",
  "health.fixed": "Finding put right",
  "health.muted": "Finding muted",
  "health.unmuted": "Finding no longer muted",
  "import.stored": "File uploaded",
  "import.refused": "File refused",
  "import.imported": "File imported",
  "import.discarded": "File discarded",
};

/** What was done: "Mission activated". An action that came later reads from its own name. */
export function actionText(action: string): string {
  return ACTIONS[action] ?? capital(action.replaceAll(/[._]/g, " "));
}

/** In whose name it was done, where that was no person in the console. */
export const ACTOR_WORDS: Record<AuditDto["actorKind"], string> = {
  admin: "",
  job: "scheduled",
  cli: "command line",
  sql: "SQL",
};

/** One thing that changed; null where it was not there before, or is not any more. */
export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

/** The name of a tier by its id; the id itself where the ladder has none. */
type TierNames = (tierId: string) => string;

/**
 * What differs between before and after, leaf by leaf; what stayed the same is left out. What somebody did against a warning comes
 * first: it is what an audit is read for.
 */
export function differencesOf(
  { before, after }: Pick<AuditDto, "before" | "after">,
  tierName: TierNames,
): Difference[] {
  const [was, is] = [leaves(before), leaves(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .toSorted((one, other) => Number(other === OVERRIDDEN) - Number(one === OVERRIDDEN))
    .map((field) => ({
      field: FIELD_WORDS[field] ?? wordsOf(field),
      before: valueText(field, was.get(field), tierName),
      after: valueText(field, is.get(field), tierName),
    }))
    .filter((difference) => difference.before !== difference.after);
}

const OVERRIDDEN = "overridden";
const FIELD_WORDS: Readonly<Record<string, string>> = {
  [OVERRIDDEN]: "red light overridden",
  tierEligibility: "tier",
  previewFromTier: "seen locked from",
  missionType: "type",
  targetValue: "target",
  displayName: "name",
  displayOrder: "place in the list",
};
const TIER_FIELDS: readonly string[] = ["tierEligibility", "previewFromTier"];

function valueText(field: string, value: string | undefined, tierName: TierNames): string | null {
  if (value === undefined) {
    return null;
  }
  if (field === OVERRIDDEN) {
    return overriddenText(value.split(", "));
  }
  if (TIER_FIELDS.includes(field) && value.startsWith("tier_")) {
    return tierName(value);
  }
  const types: Readonly<Record<string, string>> = TYPE_WORDS;
  return field === "missionType" ? (types[value] ?? value) : value;
}

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) {
    return path === "" ? new Map() : new Map([[path, leafText(value)]]);
  }
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string")) {
    return new Map([[path, value.join(", ")]]);
  }
  const entries = Array.isArray(value)
    ? value.map((item, index): [string, unknown] => [keyOf(item) ?? String(index + 1), item])
    : Object.entries(value);
  return new Map(entries.flatMap(([key, item]) => [...leaves(item, path === "" ? key : `${path}.${key}`)]));
}

/** A tier of a ladder is told by its id: one added below it must not look as if all above had changed. */
function keyOf(item: unknown): string | null {
  return typeof item === "object" && item !== null && "tierId" in item ? String(item.tierId) : null;
}

function leafText(value: unknown): string {
  if (value === null || value === undefined || value === "") {
    return "none";
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A path as words: "value.durationDays" is "value duration days", "tiers.tier_2.tierName" is "tier_2 tier name". */
function wordsOf(path: string): string {
  return path
    .replace(/^tiers\./, "")
    .split(".")
    .map((part) =>
      /^tier_\d$/.test(part) ? part : part.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " "),
    )
    .join(" ")
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The counts of an entry, zeros left out: "212 created, 63 already seeded". */
export function countsText(counts: AuditDto["counts"]): string {
  return Object.entries(counts ?? {})
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${formatCount(count)} ${count === 1 ? singular(wordsOf(what)) : wordsOf(what)}`)
    .join(", ");
}

/** "1 warning": counts are named in the plural, as long as they are things and not what happened to them. */
function singular(words: string): string {
  return words.endsWith("s") ? words.slice(0, -1) : words;
}

const SHORT = 2;

type Changed = Pick<AuditDto, "before" | "after" | "counts">;

/** The change in one line for the table: its first fields and the counts. */
export function shortText(entry: Changed, tierName: TierNames): string {
  return changeText(entry, tierName, SHORT);
}

/** The same with every field, for the title of a line that is cut. */
export function wholeText(entry: Changed, tierName: TierNames): string {
  return changeText(entry, tierName, Infinity);
}

function changeText(entry: Changed, tierName: TierNames, most: number): string {
  const differences = differencesOf(entry, tierName);
  const first = differences.slice(0, most).map(differenceText);
  const rest = differences.length - first.length;
  return [...first, rest > 0 ? `${rest} more` : "", countsText(entry.counts)].filter((part) => part !== "").join("; ");
}

/** "amount 500.00", "state draft to active". A value that begins with the word of its field says it for both. */
function differenceText({ field, before, after }: Difference): string {
  if (before !== null) {
    return `${field} ${before} to ${after ?? "none"}`;
  }
  return after?.startsWith(`${field} `) === true ? after : `${field} ${after}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
