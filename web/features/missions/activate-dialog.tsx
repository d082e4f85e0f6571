import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActivationFactsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { ActivationChoices } from "./activation-choices.tsx";
import { ActivationFacts } from "./activation-facts.tsx";
import { ActivationLight, useActivationLight } from "./activation-light.tsx";
import { activateLabel, activationPlan, activationResult } from "./activation-words.ts";
import type { ActivationChoice, ActivationPlan } from "./activation-words.ts";
import { awaitsTyping, TypedConfirmation } from "./typed-confirmation.tsx";
import { useRefresh } from "./use-refresh.ts";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { WrittenLinks } from "./written-links.tsx";

const NOTHING: ActivationPlan = { woken: 0, created: 0, replaced: 0 };

/** Asks before a mission starts to run, with everything that would follow from it, and shows the result. */
export function ActivateDialog({ mission, onClose }: { mission: MissionDto; onClose: () => void }) {
  const client = useClient();
  const refresh = useRefresh();
  const [choice, setChoice] = useState<ActivationChoice>({ seed: true, replaceOver: false });
  const [typed, setTyped] = useState("");
  const [promised, setPromised] = useState(NOTHING);
  const asked = { clientId: client.id, missionId: mission.id, seed: choice.seed };
  const facts = useFacts(asked);
  const light = useActivationLight(mission);
  const activate = useMutation(trpc.missions.activate.mutationOptions({ onSettled: refresh }));
  const plan = facts.data === undefined ? NOTHING : activationPlan(facts.data, choice);
  const rows = plan.woken + plan.created;
  const confirm = () => {
    setPromised(plan);
    const { confirmation } = light;
    activate.mutate({ ...asked, replaceOver: choice.seed && choice.replaceOver, confirmation });
  };
  return (
    <WriteDialog
      title={`Activate ${mission.name}`}
      onClose={onClose}
      confirm={activateLabel(plan)}
      onConfirm={confirm}
      reason={reasonToWait(facts, awaitsTyping(rows, typed)) ?? light.reason}
      isBusy={activate.isPending}
      error={activate.error}
      note="Completed rows keep their reward."
      done={
        activate.data?.kind !== "activated" ? undefined : (
          <>
            <Banner tone="done" title={activationResult(mission.name, activate.data, promised, mission.enabled)}>
              The next sync moves the progress of its rows.
            </Banner>
            <WrittenLinks missionId={mission.id} seedId={activate.data.seedId} onClose={onClose} />
          </>
        )
      }
    >
      {facts.error === null ? (
        <>
          {facts.data?.refusal == null ? null : <Refusal missionId={mission.id} refusal={facts.data.refusal} />}
          <ActivationFacts mission={mission} facts={facts.data} plan={plan} />
          <ActivationChoices facts={facts.data} choice={choice} onChange={setChoice} />
          <ActivationLight mission={mission} light={light} isRefused={facts.data?.refusal != null} onLeave={onClose} />
          <TypedConfirmation count={rows} value={typed} onChange={setTyped} />
        </>
      ) : (
        <ErrorBanner
          error={facts.error}
          title="What would follow could not be counted."
          onRetry={() => void facts.refetch()}
        />
      )}
    </WriteDialog>
  );
}

function useFacts(asked: { clientId: string; missionId: string; seed: boolean }) {
  return useQuery(
    trpc.missions.activationFacts.queryOptions(asked, {
      staleTime: 0,
      refetchOnMount: "always",
      placeholderData: keepPreviousData,
    }),
  );
}

function Refusal({ missionId, refusal }: { missionId: string; refusal: string }) {
  const client = useClient();
  return (
    <Banner
      tone="stopped"
      title={refusal}
      actions={
        <TextLink to="/c/$client/missions/$missionId/edit" params={{ client: client.subdomain, missionId }}>
          Edit the mission
        </TextLink>
      }
    />
  );
}

interface Asked {
  data: ActivationFactsDto | undefined;
  isFetching: boolean;
}

function reasonToWait({ data, isFetching }: Asked, isTypingLeft: boolean): string | undefined {
  if (isFetching) {
    return "Counting, so that the numbers are exact.";
  }
  if (data === undefined) {
    return "What would follow could not be counted.";
  }
  return data.refusal ?? (isTypingLeft ? "Type the number of rows first." : undefined);
}
