import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { targetError } from "./mission-form-values.ts";
import { useMissionSearch } from "./use-mission.ts";
import { supposedTerms } from "./what-if/supposed-terms.ts";

/**
 * The backtest that the address asks for, and the one of the saved terms while others are supposed. A target that cannot be one
 * is left out, as if none were supposed.
 */
export function useBacktest(mission: MissionDto) {
  const client = useClient();
  const { search } = useMissionSearch();
  const { tier, target } = supposedTerms(mission, search);
  const targetValue = target !== undefined && targetError(mission.missionType, target) === null ? target : undefined;
  const isSupposing = tier !== undefined || targetValue !== undefined;
  const asked = { clientId: client.id, missionId: mission.id, window: search.window };
  const whatIf = isSupposing ? { tierEligibility: tier, targetValue } : undefined;
  const result = useQuery(
    trpc.missions.backtest.queryOptions({ ...asked, whatIf }, { placeholderData: keepPreviousData }),
  );
  const saved = useQuery(trpc.missions.backtest.queryOptions(asked, { enabled: isSupposing }));
  return { result, saved: isSupposing && saved.data?.kind === "computed" ? saved.data : undefined };
}
