import type { AuditDto } from "../../../server/audit/schema.ts";
import type { MissionType } from "../../../server/missions/schema.ts";
import { countOf } from "../../lib/numbers.ts";
import { TYPE_WORDS } from "../../lib/mission-words.ts";
import { overriddenText } from "../../lib/override-words.ts";

const ACTION_WORDS: Record<string, string> = {
  "mission.created": "Created",
  "mission.updated": "Changed",
  "mission.duplicated": "Created as a copy",
  "mission.activated": "Activated",
  "mission.deactivated": "Deactivated",
  "missions.seeded": "Seeded",
};

/** What was done, in a word; an action this page does not know keeps its own name. */
export function actionWords(action: string): string {
  return ACTION_WORDS[action] ?? action;
}

const FIELD_WORDS: Record<string, string> = {
  title: "title",
  displayName: "name",
  description: "description",
  missionType: "type",
  targetValue: "target",
  rewardId: "reward",
  tierEligibility: "tier",
  previewFromTier: "seen locked from",
  displayOrder: "place in the list",
  raffleEndDate: "end date",
  enabled: "enabled",
  activated: "activated",
  copyOf: "copy of",
  overridden: "red light overridden:",
};

/** The name of a tier by its id; the id itself where the ladder has none. */
type TierNames = (tierId: string) => string;

/** What changed, one text each: "target 1000 to 1500"; counts of what else it did come last: "63 woken". */
export function changeTexts(entry: Pick<AuditDto, "before" | "after" | "counts">, tierName: TierNames): string[] {
  const { before, after, counts } = entry;
  const valueText = (field: string, value: unknown) => textOf(field, value, tierName);
  const fields = Object.keys(after ?? {}).filter((field) => before === null || !isSame(before[field], after?.[field]));
  const changes = fields.map((field) => {
    const name = FIELD_WORDS[field] ?? field;
    const to = valueText(field, after?.[field]);
    // A thing that only an act can have, and that stands on no mission.
    const isOfTheAct = before === null || field === "overridden";
    return isOfTheAct ? `${name} ${to}` : `${name} ${valueText(field, before?.[field])} to ${to}`;
  });
  const effects = Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${countOf(count, "row")} ${what}`);
  return [...changes, ...effects];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function textOf(field: string, value: unknown, tierName: TierNames): string {
  if (value === null || value === undefined || value === "") {
    return "none";
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  if (field === "rewardId" || field === "copyOf") {
    return field === "copyOf" ? "another mission" : "another";
  }
  if (field === "overridden" && Array.isArray(value)) {
    return overriddenText(value);
  }
  if (typeof value !== "string") {
    return JSON.stringify(value);
  }
  if (field === "tierEligibility" || field === "previewFromTier") {
    return value === "all" ? "all" : tierName(value);
  }
  return field === "missionType" ? (TYPE_WORDS[value as MissionType] ?? value) : value;
}
