import { useState } from "react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { ActivationFactsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { ActivationChoices } from "./activation-choices.tsx";
import { ActivationFacts } from "./activation-facts.tsx";
import { ActivationLight, useActivationLight } from "./activation-light.tsx";
import { activateLabel, activationResult } from "./activation-words.ts";
import { PlanNote } from "./plans/plan-note.tsx";
import { RefusedPlan } from "./plans/refused-plan.tsx";
import { awaitsTyping, manyText, TypedConfirmation } from "./typed-confirmation.tsx";
import { useActivation } from "./use-activation.ts";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { WrittenLinks } from "./written-links.tsx";

interface Props {
  mission: MissionDto;
  /** The preview that the page shows, if it shows one: the rows created with the activation are its plan's. */
  shown: PreviewDto | undefined;
  onClose: () => void;
}

/** Asks before a mission starts to run, with everything that would follow from it, and shows the result. */
export function ActivateDialog({ mission, shown, onClose }: Props) {
  const asked = useActivation(mission, shown);
  const { facts, effect, refused, activated } = asked;
  const light = useActivationLight(mission);
  const [typed, setTyped] = useState("");
  const isNewPlan = refused !== null;
  const rows = effect.woken + effect.created;
  return (
    <WriteDialog
      title={`Activate ${mission.name}`}
      onClose={onClose}
      width={isNewPlan ? 720 : undefined}
      confirm={activateLabel(effect, isNewPlan && asked.choice.seed)}
      onConfirm={() => asked.activate(light.confirmation)}
      reason={reasonToWait(facts, asked.isCounting, awaitsTyping(rows, typed)) ?? light.reason}
      isBusy={asked.isActivating}
      error={asked.error}
      note={isNewPlan ? <PlanNote plan={asked.plan} onClose={onClose} /> : "Completed rows keep their reward."}
      done={
        activated === undefined ? undefined : (
          <>
            <Banner tone="done" title={activationResult(mission.name, activated, asked.promised, mission.enabled)}>
              The next sync moves the progress of its rows.
            </Banner>
            <WrittenLinks missionId={mission.id} seedId={activated.seedId} onClose={onClose} />
          </>
        )
      }
    >
      {refused === null ? null : <RefusedPlan refused={refused} onClose={onClose} />}
      {asked.countError === null ? (
        <>
          {facts?.refusal == null ? null : <Refusal missionId={mission.id} refusal={facts.refusal} />}
          <ActivationFacts
            mission={mission}
            facts={facts}
            plan={effect}
            seeding={asked.choice.seed && !isNewPlan ? asked.plan : undefined}
            onClose={onClose}
          />
          <ActivationChoices facts={facts} choice={asked.choice} onChange={asked.setChoice} />
          <ActivationLight mission={mission} light={light} isRefused={facts?.refusal != null} onLeave={onClose} />
          <TypedConfirmation
            count={rows}
            description={manyText(rows, effect.created)}
            value={typed}
            onChange={setTyped}
          />
        </>
      ) : (
        <ErrorBanner error={asked.countError} title="What would follow could not be counted." onRetry={asked.recount} />
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

function reasonToWait(
  facts: ActivationFactsDto | undefined,
  isCounting: boolean,
  isTypingLeft: boolean,
): string | undefined {
  if (isCounting) {
    return "Counting, so that the numbers are exact.";
  }
  if (facts === undefined) {
    return "What would follow could not be counted.";
  }
  return facts.refusal ?? (isTypingLeft ? "Type the number of rows first." : undefined);
}
