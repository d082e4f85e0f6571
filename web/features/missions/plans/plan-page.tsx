import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { PlanDto } from "../../../../server/eligibility/plans/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { isNotFound } from "../../../lib/errors.ts";
import { countOf } from "../../../lib/numbers.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ErrorBanner } from "../../../ui/banner.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Page } from "../../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../../ui/skeleton.tsx";
import { StatusChip } from "../../../ui/status.tsx";
import { When } from "../../../ui/text.tsx";
import { BucketSum } from "../bucket-sum.tsx";
import { MovedLists } from "./moved-lists.tsx";
import { PlanBanner } from "./plan-banner.tsx";
import { PlanMissions } from "./plan-missions.tsx";
import { movedClauses, planCode, planState } from "./plan-words.ts";

const route = getRouteApi("/c/$client/missions/plans/$planId");

/** A plan as it was shown, and by name what has moved since: what a colleague sees who opens its link. */
export function PlanPage() {
  const client = useClient();
  const { planId } = route.useParams();
  const asked = { clientId: client.id, planId };
  const plan = useQuery(trpc.eligibility.plan.queryOptions(asked));
  // What a plan that was run has written itself would all be a difference.
  const isOpen = plan.data?.seedId === null;
  const drift = useQuery(trpc.eligibility.drift.queryOptions(asked, { enabled: isOpen }));
  if (plan.data === undefined) {
    return <NoPlan error={plan.error} planId={planId} onRetry={() => void plan.refetch()} />;
  }
  const state = planState(plan.data, drift.data);
  const isOfSeveral = plan.data.missions.length > 1;
  return (
    <Page
      title={`Plan ${planCode(planId)}`}
      chip={state === null ? undefined : <StatusChip status={CHIPS[state].status}>{CHIPS[state].word}</StatusChip>}
      sentence={<PlanSentence plan={plan.data} />}
      actions={<OpenMission plan={plan.data} />}
    >
      {state === null ? null : <PlanBanner plan={plan.data} state={state} drift={drift.data} />}
      {drift.error === null ? null : (
        <ErrorBanner error={drift.error} title="What moved could not be read." onRetry={() => void drift.refetch()} />
      )}
      <BucketSum counts={plan.data.counts} of={isOfSeveral ? "creators and missions" : "creators"} />
      <PlanMissions plan={plan.data} />
      {drift.isLoading ? <SkeletonBlock height={160} /> : null}
      {drift.data === undefined || !isOpen || movedClauses(drift.data).length === 0 ? null : (
        <MovedLists drift={drift.data} planId={planId} isOfSeveral={isOfSeveral} />
      )}
    </Page>
  );
}

const CHIPS = {
  run: { status: "done", word: "Was run" },
  expired: { status: "stale", word: "Expired" },
  stale: { status: "stale", word: "Stale" },
  ready: { status: "ready", word: "Ready" },
} as const;

function PlanSentence({ plan }: { plan: PlanDto }) {
  const [first] = plan.missions;
  const named = plan.missions.length === 1 && first !== undefined ? <em>{first.missionName}</em> : null;
  return (
    <>
      <b>{countOf(plan.counts.willCreate, "row")}</b> to create of {named ?? countOf(plan.missions.length, "mission")}
      {plan.supposesEnabled ? ", as if it were enabled" : ""}; computed for {plan.byName}, <When at={plan.computedAt} />
      .
    </>
  );
}

function OpenMission({ plan: { missions } }: { plan: PlanDto }) {
  const client = useClient();
  const [first] = missions;
  return missions.length === 1 && first !== undefined ? (
    <ButtonLink to="/c/$client/missions/$missionId" params={{ client: client.subdomain, missionId: first.missionId }}>
      Preview {first.missionName} now
    </ButtonLink>
  ) : (
    <ButtonLink to="/c/$client/missions" params={{ client: client.subdomain }}>
      All missions
    </ButtonLink>
  );
}

function NoPlan({ error, planId, onRetry }: { error: unknown; planId: string; onRetry: () => void }) {
  const title = `Plan ${planCode(planId)}`;
  if (error === null) {
    return (
      <Page title={title} sentence={<SkeletonText width="min(480px, 100%)" />}>
        <SkeletonBlock height={160} />
      </Page>
    );
  }
  return (
    <Page title={title}>
      {isNotFound(error) ? (
        <EmptyState title="There is no plan at this address">
          Plans are kept for a week after they expire, or the link is incomplete.
        </EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
