import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { RelaxHint } from "../../../../server/eligibility/what-if/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { ReasonTooltip } from "../../../ui/action-button.tsx";
import { TextButton, TextLink } from "../../../ui/link.tsx";
import { hintWords } from "./hint-words.ts";
import { useSupposed } from "./use-supposed.ts";

/** How each rule that removes creators could be loosened, under the terms on show. */
export function useRelaxHints(mission: MissionDto): readonly RelaxHint[] {
  const client = useClient();
  const { whatIf } = useSupposed(mission);
  const hints = useQuery(
    trpc.eligibility.relax.queryOptions(
      { clientId: client.id, missionId: mission.id, whatIf },
      { placeholderData: keepPreviousData },
    ),
  );
  return hints.isPlaceholderData ? [] : (hints.data ?? []);
}

/** A hint as few words: one click supposes it; what no term of the mission does leads to where it is done. */
export function RelaxAction({ mission, hint }: { mission: MissionDto; hint: RelaxHint }) {
  const client = useClient();
  const { suppose } = useSupposed(mission);
  const { whatIf } = hint;
  return (
    <ReasonTooltip reason={hint.sentence}>
      {whatIf === null ? (
        <TextLink to="/c/$client/health" params={{ client: client.subdomain }}>
          {hintWords(hint)}
        </TextLink>
      ) : (
        <TextButton onClick={() => suppose(whatIf)}>{hintWords(hint)}</TextButton>
      )}
    </ReasonTooltip>
  );
}
