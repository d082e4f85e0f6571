import type { DriftDto, PlanDto } from "../../../../server/eligibility/plans/schema.ts";
import { Banner } from "../../../ui/banner.tsx";
import { When } from "../../../ui/text.tsx";
import { WrittenLinks } from "../written-links.tsx";
import { movedClauses, movedSentence } from "./plan-words.ts";
import type { PlanState } from "./plan-words.ts";

interface Props {
  plan: PlanDto;
  state: PlanState;
  /** Undefined while it is not known, and for a plan that was run. */
  drift: DriftDto | undefined;
}

/** Whether a plan can still be run, and why not. */
export function PlanBanner({ plan, state, drift }: Props) {
  const moved = drift === undefined ? "" : `It ${movedSentence(plan.counts.willCreate, drift)}`;
  const missionId = plan.missions.length === 1 ? plan.missions[0]?.missionId : undefined;
  switch (state) {
    case "run":
      return (
        <Banner
          tone="done"
          title="This plan was run."
          actions={<WrittenLinks missionId={missionId} seedId={plan.seedId} />}
        >
          Running it again creates nothing.
        </Banner>
      );
    case "expired":
      return (
        <Banner
          tone="held"
          stacked
          title={
            <>
              This plan expired <When at={plan.expiresAt} />.
            </>
          }
        >
          {moved}
        </Banner>
      );
    case "stale":
      return (
        <Banner
          tone="held"
          stacked
          title={
            <>
              The world moved since <When at={plan.computedAt} as="seconds" />. Running this plan is refused.
            </>
          }
        >
          {moved}
        </Banner>
      );
    case "ready":
      return (
        <Banner
          tone="quiet"
          title={
            drift !== undefined && movedClauses(drift).length > 0
              ? "It would write the same rows now."
              : "Nothing has moved."
          }
        >
          It can be run as it was shown until <When at={plan.expiresAt} />.
        </Banner>
      );
  }
}
