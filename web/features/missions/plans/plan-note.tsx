import { When } from "../../../ui/text.tsx";
import { PlanLink } from "./plan-link.tsx";
import type { Plan } from "./use-plan.ts";

/** The foot of a dialog whose first plan was refused: which one it would run now. */
export function PlanNote({ plan, onClose }: { plan: Plan | undefined; onClose: () => void }) {
  if (plan === undefined || plan.planId === null) {
    return <>Making a new plan.</>;
  }
  return (
    <>
      New plan <PlanLink planId={plan.planId} onClick={onClose} />, computed <When at={plan.computedAt} as="seconds" />
    </>
  );
}
