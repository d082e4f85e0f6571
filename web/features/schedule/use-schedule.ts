import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";

/** The schedule of the present client, read anew every minute: a missed run shows by itself. */
export function useSchedule() {
  const client = useClient();
  return useQuery(trpc.schedule.get.queryOptions({ clientId: client.id }, { refetchInterval: 60_000 }));
}

/** Reads anew what a change of the schedule touches. */
export function useScheduleChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const paths = [trpc.schedule, trpc.clients.freshness, trpc.audit];
    await Promise.all(paths.map((path) => queryClient.invalidateQueries(path.pathFilter())));
  };
}
