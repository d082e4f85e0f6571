import { skipToken, useQuery } from "@tanstack/react-query";
import type { DriftDto } from "../../../../server/eligibility/plans/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../../ui/banner.tsx";
import { SkeletonBlock } from "../../../ui/skeleton.tsx";
import { When } from "../../../ui/text.tsx";
import { MovedLists } from "./moved-lists.tsx";
import { PlanLink } from "./plan-link.tsx";
import { movedClauses, movedSentence } from "./plan-words.ts";
import classes from "./plans.module.css";
import type { Plan, Refused } from "./use-plan.ts";

interface Props {
  refused: Refused<Plan>;
  isOfSeveral?: boolean | undefined;
  onClose: () => void;
}

/** That a plan was not run, why, and everything that moved since it was made, by name. */
export function RefusedPlan({ refused, isOfSeveral = false, onClose }: Props) {
  const { plan } = refused;
  const drift = useDrift(refused);
  return (
    // The focus comes along, away from the button: a second press of the same key must not confirm what was not read yet.
    <div key={plan.planId} ref={focusOnce} tabIndex={-1} className={classes.refused}>
      <Banner tone="held" stacked title={<Title refused={refused} />}>
        {drift.data === undefined || plan.planId === null ? null : (
          <>
            Plan <PlanLink planId={plan.planId} onClick={onClose} /> {movedSentence(plan.counts.willCreate, drift.data)}
          </>
        )}
      </Banner>
      {drift.error === null ? null : (
        <ErrorBanner error={drift.error} title="What moved could not be read." onRetry={() => void drift.refetch()} />
      )}
      {drift.isLoading ? <SkeletonBlock height={120} /> : null}
      {drift.data === undefined || movedClauses(drift.data).length === 0 ? null : (
        <div role="region" aria-label="What moved" tabIndex={0} className={classes.moved}>
          <MovedLists drift={drift.data} planId={plan.planId} isOfSeveral={isOfSeveral} />
        </div>
      )}
    </div>
  );
}

function focusOnce(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}

function Title({ refused: { plan, refusal } }: { refused: Refused<Plan> }) {
  return refusal.kind === "expired" ? (
    <>
      This plan expired <When at={refusal.expiredAt} />. Nothing was written.
    </>
  ) : (
    <>
      The world moved since <When at={plan.computedAt} as="seconds" />. Nothing was written.
    </>
  );
}

/** The difference: it came with the refusal of a stale plan; of an expired one it is asked for. */
function useDrift({ plan, refusal }: Refused<Plan>) {
  const client = useClient();
  const isKnown = refusal.kind === "stale";
  const asked = useQuery(
    trpc.eligibility.drift.queryOptions(
      isKnown || plan.planId === null ? skipToken : { clientId: client.id, planId: plan.planId },
      { staleTime: Infinity },
    ),
  );
  const data: DriftDto | undefined = isKnown ? refusal.drift : asked.data;
  return { data, error: asked.error, isLoading: asked.isLoading, refetch: asked.refetch };
}
