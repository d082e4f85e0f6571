import type { LintDto } from "../../../server/seeding/lint/schema.ts";
import { countOf } from "../../lib/numbers.ts";
import type { StatusName } from "../../ui/status.tsx";

type Level = "amber" | "red";

/** Icon and colour of a light, and of a finding of that level. */
export const LIGHT_STATUS = { green: "ready", amber: "warning", red: "blocks" } as const satisfies Record<
  LintDto["light"],
  StatusName
>;

/** What stands beside the button: "Ready", "2 warnings", "1 problem". */
export function lightWord(lint: LintDto): string {
  if (lint.light === "green") {
    return "Ready";
  }
  return levelText(lint, lint.light);
}

/** All of it, as the head of the list: "1 problem, 2 warnings before activating". */
export function lintTitle(lint: LintDto): string {
  const parts = (["red", "amber"] as const).filter((level) => countLevel(lint, level) > 0);
  return parts.length === 0
    ? "Nothing speaks against activating it"
    : `${parts.map((level) => levelText(lint, level)).join(", ")} before activating`;
}

function levelText(lint: LintDto, level: Level): string {
  return countOf(countLevel(lint, level), level === "red" ? "problem" : "warning");
}

function countLevel(lint: LintDto, level: Level): number {
  return lint.findings.filter((finding) => finding.level === level).length;
}
