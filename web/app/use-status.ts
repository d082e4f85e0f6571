import { useQuery } from "@tanstack/react-query";
import { useClient } from "../lib/client.tsx";
import { asksForDecision } from "../lib/health-findings.ts";
import { trpc } from "../lib/trpc.ts";

/** How old the client's data is; asked again every minute, every five seconds while a run is on. */
export function useFreshness() {
  const { id } = useClient();
  return useQuery(
    trpc.clients.freshness.queryOptions(
      { clientId: id },
      { refetchInterval: (query) => ((query.state.data?.runningNumber ?? null) === null ? 60_000 : 5_000) },
    ),
  );
}

/** How many health checks ask for a decision; undefined while that is not known. */
export function useOpenFindings(): number | undefined {
  const { id } = useClient();
  const { data } = useQuery(trpc.health.checks.queryOptions({ clientId: id }, { staleTime: 5 * 60_000 }));
  return data?.checks.filter(asksForDecision).length;
}

/** How many rewards wait to be claimed; undefined while that is not known. */
export function useClaimable(): number | undefined {
  const { id } = useClient();
  const { data } = useQuery(
    trpc.redemptions.count.queryOptions({ clientId: id, status: "claimable" }, { staleTime: 60_000 }),
  );
  return data;
}
