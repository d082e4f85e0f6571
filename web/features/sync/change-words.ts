import type { KeptKind } from "../../../server/sync/changes/schema.ts";
import type { RunDto, StepName } from "../../../server/sync/schema.ts";
import { isLive } from "../../lib/runs.ts";

/** How the lists of changes are called, what one entry is, and which step makes it. */
export const CHANGE_WORDS = {
  promoted: { label: "Promoted", one: "move", step: "tiers", none: "Nobody was promoted" },
  demoted: { label: "Demoted", one: "move", step: "tiers", none: "Nobody was demoted" },
  maintained: { label: "Maintained", one: "checkpoint", step: "tiers", none: "No checkpoint kept its creator's tier" },
  seeded: { label: "Seeded", one: "row", step: "seed", none: "No row was created" },
  woken: { label: "Woken", one: "row", step: "wake", none: "No row was woken" },
  completed: { label: "Completed", one: "row", step: "progress", none: "No row completed" },
  redemption: { label: "Redemptions", one: "redemption", step: "redemptions", none: "No redemption was made" },
  created: { label: "New creators", one: "creator", step: "import", none: "Nobody was new" },
} as const satisfies Record<KeptKind | "seeded", { label: string; one: string; step: StepName; none: string }>;

export type NamedKind = keyof typeof CHANGE_WORDS;

/** Why a list of changes is empty: its step found nothing, has not been done, or never will be. */
export function nobodyWords(run: RunDto, kind: NamedKind): { title: string; why: string } {
  const { step: name, none } = CHANGE_WORDS[kind];
  const step = run.steps.find((one) => one.name === name);
  const position = step?.position ?? 1;
  if (step?.status === "succeeded") {
    return { title: none, why: `Step ${position} found nothing of this kind.` };
  }
  if (step?.status === "held") {
    return { title: none, why: `Step ${position} is held; what it would do is listed under Steps.` };
  }
  return isLive(run.status) || run.status === "held"
    ? { title: "Not known yet", why: `Step ${position} decides that; it has not been done yet.` }
    : { title: none, why: `Step ${position} decides that; this run did not come so far.` };
}
