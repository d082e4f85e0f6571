import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import type { MissionActivated } from "../../../server/seeding/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { activationPlan } from "./activation-words.ts";
import type { ActivationChoice, ActivationPlan } from "./activation-words.ts";
import { useFollowJob } from "./jobs/use-job.ts";
import { useMakePlan, usePlan } from "./plans/use-plan.ts";
import { useRefresh } from "./use-refresh.ts";

const NOTHING: ActivationPlan = { woken: 0, created: 0, replaced: 0 };

/**
 * An activation as it is asked for and carried out: what would follow is counted when the dialog opens, the rows it creates are
 * those of the plan that the page showed.
 */
export function useActivation(mission: MissionDto, shown: PreviewDto | undefined) {
  const client = useClient();
  const refresh = useRefresh();
  const [choice, setChoice] = useState<ActivationChoice>({ seed: true, replaceOver: false });
  const [promised, setPromised] = useState(NOTHING);
  const asked = { clientId: client.id, missionId: mission.id, seed: choice.seed };
  const counted = useQuery(
    trpc.missions.activationFacts.queryOptions(asked, {
      staleTime: 0,
      refetchOnMount: "always",
      placeholderData: keepPreviousData,
    }),
  );
  // The page may count a draft as it is, switched off: of that nothing could be created.
  const runnable = mission.enabled || shown?.isWhatIf === true ? shown : undefined;
  const { plan, refused, judge, ...making } = usePlan(runnable, useMakePlan(mission));
  // Not waited for: what became of it is told at once, while the page behind counts anew.
  const onSettled = () => void refresh();
  const follow = useFollowJob();
  const onSuccess = (answer: MissionActivated) => {
    judge(answer);
    follow(answer);
  };
  const activate = useMutation(trpc.missions.activate.mutationOptions({ onSuccess, onSettled }));
  const facts = counted.data && plan && { ...counted.data, created: plan.counts.willCreate };
  const effect = facts === undefined ? NOTHING : activationPlan(facts, choice);
  return {
    choice,
    setChoice,
    facts,
    effect,
    plan,
    refused,
    isCounting: counted.isFetching || making.isCounting,
    countError: counted.error ?? making.error,
    recount: () => (counted.error === null ? making.recount() : void counted.refetch()),
    /** `confirmation`: the typed name, where the light is red */
    activate: (confirmation: string | undefined) => {
      setPromised(effect);
      const planId = choice.seed ? (plan?.planId ?? undefined) : undefined;
      activate.mutate({ ...asked, replaceOver: choice.seed && choice.replaceOver, planId, confirmation });
    },
    isActivating: activate.isPending,
    error: activate.error,
    promised,
    activated: activate.data?.kind === "activated" ? activate.data : undefined,
  };
}
