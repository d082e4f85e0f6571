import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMissionSearch } from "./use-mission.ts";

/** Rows on one page of the progress list. */
export const PROGRESS_PAGE = 100;

/** The rows of a mission as the address asks for them; the exact total and the counts by status are later answers. */
export function useProgress() {
  const client = useClient();
  const { missionId, search } = useMissionSearch();
  const { status, q, after, before } = search;
  const filters = { missionId, status, q };
  const list = useQuery(
    trpc.progress.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: PROGRESS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.progress.count.queryOptions({ clientId: client.id, ...filters }));
  const counts = useQuery(trpc.missions.counts.queryOptions({ clientId: client.id, missionIds: [missionId] }));
  return {
    list,
    total: total.data,
    filters,
    counts: counts.data?.[0],
    isFiltered: status !== undefined || q !== undefined,
  };
}
