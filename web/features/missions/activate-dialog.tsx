import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActivationFactsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { ActivationChoices } from "./activation-choices.tsx";
import { ActivationFacts } from "./activation-facts.tsx";
import { activateLabel, activationPlan, activationResult } from "./activation-words.ts";
import type { ActivationChoice, ActivationPlan } from "./activation-words.ts";
import { type Judged, Judgement } from "./activation-judgement.tsx";
import { awaitsName, awaitsTyping, NameConfirmation, TypedConfirmation } from "./typed-confirmation.tsx";
import { useLint } from "./use-lint.ts";
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
  const [name, setName] = useState("");
  const [promised, setPromised] = useState(NOTHING);
  const asked = { clientId: client.id, missionId: mission.id, seed: choice.seed };
  const facts = useQuery(
    trpc.missions.activationFacts.queryOptions(asked, {
      staleTime: 0,
      refetchOnMount: "always",
      placeholderData: keepPreviousData,
    }),
  );
  const lint = useLint(mission, { isFresh: true });
  const isRed = lint.data?.light === "red";
  const activate = useMutation(trpc.missions.activate.mutationOptions({ onSettled: refresh }));
  const plan = facts.data === undefined ? NOTHING : activationPlan(facts.data, choice);
  const rows = plan.woken + plan.created;
  const confirm = () => {
    setPromised(plan);
    const confirmation = isRed ? name : undefined;
    activate.mutate({ ...asked, replaceOver: choice.seed && choice.replaceOver, confirmation });
  };
  return (
    <WriteDialog
      title={`Activate ${mission.name}`}
      onClose={onClose}
      confirm={activateLabel(plan)}
      onConfirm={confirm}
      reason={reasonToWait(facts, lint, {
        name: isRed && awaitsName(mission.name, name),
        rows: awaitsTyping(rows, typed),
      })}
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
          <Judgement missionId={mission.id} lint={lint} onLeave={onClose} />
          {isRed && facts.data?.refusal == null ? (
            <NameConfirmation name={mission.name} value={name} onChange={setName} />
          ) : null}
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

function reasonToWait(facts: Asked, lint: Judged, awaits: { name: boolean; rows: boolean }): string | undefined {
  if (facts.isFetching || lint.isFetching) {
    return "Counting, so that the numbers are exact.";
  }
  if (facts.data === undefined || lint.data === undefined) {
    return "What would follow could not be counted.";
  }
  if (facts.data.refusal !== null) {
    return facts.data.refusal;
  }
  if (awaits.name) {
    return "Type the mission's name first.";
  }
  return awaits.rows ? "Type the number of rows first." : undefined;
}
