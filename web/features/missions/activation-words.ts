import type { ActivationDto, ActivationFactsDto } from "../../../server/missions/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";

/** What the admin chose in the dialog. */
export interface ActivationChoice {
  /** Create the missing rows in the same step. */
  seed: boolean;
  /** Replace sleeping rows whose window ran out; only together with `seed`. */
  replaceOver: boolean;
}

export interface ActivationPlan {
  woken: number;
  created: number;
  replaced: number;
}

/** How many rows this choice wakes, creates and, among the created, replaces. */
export function activationPlan(facts: ActivationFactsDto, choice: ActivationChoice): ActivationPlan {
  const replaced = choice.seed && choice.replaceOver ? facts.replaceable : 0;
  return { woken: facts.woken - replaced, created: (choice.seed ? facts.created : 0) + replaced, replaced };
}

/** What the button writes, with its number: "Activate and create 212 rows"; with a new plan it says so. */
export function activateLabel(plan: ActivationPlan, isNewPlan = false): string {
  const words = activateWords(plan);
  return isNewPlan ? `Use the new plan: ${words}` : words.replace(/^a/, "A");
}

function activateWords({ woken, created }: ActivationPlan): string {
  if (woken > 0 && created > 0) {
    return `activate, wake ${formatCount(woken)} and create ${countOf(created, "row")}`;
  }
  if (woken === 0 && created === 0) {
    return "activate";
  }
  return created > 0 ? `activate and create ${countOf(created, "row")}` : `activate and wake ${countOf(woken, "row")}`;
}

/** What an activation did: "Gold Sprint is enabled and runs. Created 212 rows (the plan said 212); 63 rows woke up." */
export function activationResult(
  name: string,
  result: ActivationDto,
  plan: ActivationPlan,
  wasEnabled: boolean,
): string {
  const created =
    result.created === 0 && plan.created === 0
      ? "No row was created"
      : `Created ${countOf(result.created, "row")} (the plan said ${formatCount(plan.created)})`;
  const replaced =
    result.replaced === 0 ? "" : `, ${formatCount(result.replaced)} of them in place of rows that had run out`;
  const woken = result.woken === 0 ? "" : `; ${countOf(result.woken, "row")} woke up`;
  return `${name} ${wasEnabled ? "runs" : "is enabled and runs"}. ${created}${replaced}${woken}.`;
}
