import type { MissionDto } from "../../../../server/missions/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { useLadder } from "../../../lib/ladder.ts";
import { targetText } from "../../../lib/mission-words.ts";
import { announce } from "../../../lib/notify.ts";
import { trpc } from "../../../lib/trpc.ts";
import { useMutation } from "../../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { Facts } from "../../../ui/facts.tsx";
import type { Fact } from "../../../ui/facts.tsx";
import { Stack } from "../../../ui/page.tsx";
import { Arrow, Dim } from "../../../ui/text.tsx";
import { TierName } from "../../../ui/tier-name.tsx";
import { useRefresh } from "../use-refresh.ts";
import { savedWith } from "./supposed-terms.ts";
import type { SupposedTerms } from "./supposed-terms.ts";

interface Props {
  mission: MissionDto;
  terms: Pick<SupposedTerms, "tier" | "target">;
  onSaved: () => void;
  onClose: () => void;
}

/** Asks before the supposed terms become the mission's own, term by term. No row is written by it. */
export function SaveTermsDialog({ mission, terms, onSaved, onClose }: Props) {
  const client = useClient();
  const ladder = useLadder();
  const refresh = useRefresh();
  const save = useMutation(trpc.missions.update.mutationOptions({ onSettled: refresh }));
  const input = savedWith(mission, terms, ladder);
  const confirm = async () => {
    await save.mutateAsync({ clientId: client.id, ...input });
    announce(`Saved ${mission.name}.`);
    onSaved();
  };
  const isUnlocked = input.previewFromTier !== mission.previewFromTier;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Save these terms of ${mission.name}?`}
      confirm={Object.values(terms).every((term) => term !== undefined) ? "Save 2 terms" : "Save 1 term"}
      onConfirm={confirm}
      note="No row is created or removed by this."
    >
      <Stack gap={12}>
        <Facts facts={[...changes(mission, terms, client.currency), ...(isUnlocked ? [lockedFact(mission)] : [])]} />
        <Dim>
          {terms.tier === undefined
            ? "The new target applies to rows not completed."
            : "Rows already there stay as they are; the new tier decides who gets one from now on."}
          {terms.tier !== undefined && terms.target !== undefined
            ? " The new target applies to rows not completed."
            : ""}
          {mission.enabled ? "" : " It stays a draft."}
        </Dim>
      </Stack>
    </ConfirmDialog>
  );
}

function changes(mission: MissionDto, { tier, target }: Props["terms"], currency: string): Fact[] {
  const amount = (value: string) => targetText(mission.missionType, value, currency);
  const tierChange = {
    term: "Tier",
    value: (
      <>
        <TierName id={mission.tierEligibility} andUp /> <Arrow /> <TierName id={tier ?? ""} andUp />
      </>
    ),
  };
  const targetChange = {
    term: "Target",
    value: (
      <>
        {amount(mission.targetValue)} <Arrow /> {amount(target ?? "0")}
      </>
    ),
  };
  return [...(tier === undefined ? [] : [tierChange]), ...(target === undefined ? [] : [targetChange])];
}

function lockedFact(mission: MissionDto): Fact {
  return {
    term: "Seen locked by",
    value: (
      <>
        <TierName id={mission.previewFromTier ?? ""} andUp /> <Arrow /> nobody,{" "}
        <Dim>because it must stand below the tier</Dim>
      </>
    ),
  };
}
