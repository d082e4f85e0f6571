import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { plainNumber, targetError } from "./mission-form-values.ts";
import { useMissionSearch } from "./use-mission.ts";

/** The backtest that the address asks for. A target that cannot be one is left out, as if none were supposed. */
export function useBacktest(mission: MissionDto) {
  const client = useClient();
  const { search } = useMissionSearch();
  const { window, target } = search;
  const isTarget = target !== undefined && targetError(mission.missionType, target) === null;
  const asked = { clientId: client.id, missionId: mission.id, window };
  const whatIf = isTarget ? { targetValue: plainNumber(target) } : undefined;
  const result = useQuery(
    trpc.missions.backtest.queryOptions({ ...asked, whatIf }, { placeholderData: keepPreviousData }),
  );
  const saved = useQuery(trpc.missions.backtest.queryOptions(asked, { enabled: isTarget }));
  return { result, saved: isTarget && saved.data?.kind === "computed" ? saved.data : undefined };
}
