import type { ComparedFigure, ComparedStep } from "../../../server/sync/compare/schema.ts";
import { formatDuration } from "../../lib/dates.ts";
import { formatChange, formatCount } from "../../lib/numbers.ts";
import { skipReason } from "./skip-words.ts";

/** What a compared figure is called. */
export function figureName(step: ComparedStep, { kind, name }: ComparedFigure): string {
  switch (kind) {
    case "rows":
      return name === "in" ? "Looked at" : "Written";
    case "time":
      return "Time taken";
    case "skipped":
      return `Left out: ${skipReason(step.name, name)}`;
    case "count":
      return COUNTS[`${step.name} ${name}`] ?? spaced(name);
  }
}

/** Counts whose name alone does not say of what. */
const COUNTS: Record<string, string> = {
  "import created": "New videos",
  "import updated": "Changed videos",
  "import unchanged": "Unchanged videos",
  "seed created": "Rows created",
  "progress changed": "Values changed",
};

/** "creatorsCreated" as "Creators created". */
function spaced(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A figure of one run; null where it is not known. */
export function figureText({ kind }: ComparedFigure, value: number | null): string | null {
  if (value === null) {
    return null;
  }
  return kind === "time" ? formatDuration(value) : formatCount(value);
}

/** How a figure differs from the earlier one; null where one of them is not known. */
export function differenceText({ kind, before, after }: ComparedFigure): string | null {
  if (before === null || after === null) {
    return null;
  }
  if (kind !== "time") {
    return formatChange(after - before);
  }
  const by = after - before;
  return by === 0 ? "0" : `${by > 0 ? "+" : "\u2212"}${formatDuration(Math.abs(by))}`;
}
