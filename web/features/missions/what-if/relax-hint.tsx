import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { RelaxHint, RelaxKind } from "../../../../server/eligibility/what-if/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { formatChange } from "../../../lib/numbers.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ReasonTooltip } from "../../../ui/action-button.tsx";
import { TextButton, TextLink } from "../../../ui/link.tsx";
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

/** "accept Silver: +331". */
export function hintWords({ kind, adds, tierName }: Pick<RelaxHint, "kind" | "adds" | "tierName">): string {
  const words: Record<RelaxKind, string> = {
    enable: "enable it",
    choose_tier: tierName === null ? "open to all" : `ask for ${tierName}`,
    accept_all: "open to all",
    put_tiers_right: "put their tiers right",
    lower_tier: `accept ${tierName ?? "a lower tier"}`,
  };
  return adds === null ? words[kind] : `${words[kind]}: ${formatChange(adds)}`;
}
