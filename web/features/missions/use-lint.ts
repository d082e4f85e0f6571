import { useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";

/** What speaks against activating a mission. `isFresh` asks anew, for a question whose answer is acted on. */
export function useLint(mission: Pick<MissionDto, "id">, { isFresh = false }: { isFresh?: boolean } = {}) {
  const client = useClient();
  const fresh = isFresh ? ({ staleTime: 0, refetchOnMount: "always" } as const) : {};
  return useQuery(trpc.missions.lint.queryOptions({ clientId: client.id, missionId: mission.id }, fresh));
}
