import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { BucketCounts, PreviewDto } from "../../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { MissionActivated, SeedApplied, SeedRefused } from "../../../../server/seeding/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { useMutation } from "../../../lib/use-mutation.ts";
import { useFollowJob } from "../jobs/use-job.ts";
import { useRefresh } from "../use-refresh.ts";

/** What every preview has that can be run. */
export interface Plan {
  /** null where there is nothing to run */
  planId: string | null;
  computedAt: Date;
  counts: BucketCounts;
}

/** Why the server did not run a plan. */
export type Refusal = SeedRefused;

/** A plan that was not run, beside the one that was made in its place. */
export interface Refused<P extends Plan> {
  plan: P;
  refusal: Refusal;
}

/**
 * The plan that a dialog promises and runs: the one that the page shows, else one made when the dialog opens. It stays the same
 * while the dialog is open, whatever the page behind counts anew, so that what was seen is what is done or refused. A refused
 * plan is kept, and `make` makes the next one.
 */
export function usePlan<P extends Plan>(shown: P | undefined, make: () => Promise<P>) {
  const dialog = useId();
  const [{ attempt, refused }, setState] = useState<{ attempt: number; refused: Refused<P> | null }>({
    attempt: 0,
    refused: null,
  });
  const isShown = attempt === 0 && shown !== undefined && shown.planId !== null;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["plan of a dialog", dialog, attempt],
    queryFn: make,
    staleTime: Infinity,
    gcTime: 0,
    ...(isShown ? { initialData: shown } : {}),
  });
  return {
    plan: data,
    error,
    isCounting: isFetching,
    recount: () => void refetch(),
    refused,
    /** Looks at what became of running the plan. */
    judge: (answer: SeedApplied | MissionActivated) => {
      if (data !== undefined && (answer.kind === "stale" || answer.kind === "expired")) {
        setState({ attempt: attempt + 1, refused: { plan: data, refusal: answer } });
      }
    },
  };
}

/** A plan with the act of running it. */
export function useSeeding<P extends Plan>(shown: P | undefined, make: () => Promise<P>) {
  const client = useClient();
  const refresh = useRefresh();
  const { judge, ...plan } = usePlan(shown, make);
  // Not waited for: what became of the plan is told at once, while the page behind counts anew.
  const onSettled = () => void refresh();
  const follow = useFollowJob();
  const onSuccess = (answer: SeedApplied) => {
    judge(answer);
    follow(answer);
  };
  const apply = useMutation(trpc.seeding.applyPlan.mutationOptions({ onSuccess, onSettled }));
  const planId = plan.plan?.planId ?? null;
  return {
    ...plan,
    seed: () => {
      if (planId !== null) {
        apply.mutate({ clientId: client.id, planId });
      }
    },
    isSeeding: apply.isPending,
    seedError: apply.error,
    seeded: apply.data?.kind === "seeded" ? apply.data : undefined,
  };
}

/** The terms under which a mission's preview can be run: a draft is judged as if it were enabled, for activating enables it. */
export function plannableTerms(mission: Pick<MissionDto, "enabled">): { enabled: true } | undefined {
  return mission.enabled ? undefined : { enabled: true };
}

/** Makes a new plan of one mission. It is the preview of the mission's page too, so that page and dialog never show two. */
export function useMakePlan(mission: MissionDto): () => Promise<PreviewDto> {
  const client = useClient();
  const queryClient = useQueryClient();
  const input = { clientId: client.id, missionId: mission.id, whatIf: plannableTerms(mission) };
  return () => queryClient.fetchQuery({ ...trpc.eligibility.preview.queryOptions(input), staleTime: 0 });
}
