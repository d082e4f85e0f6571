import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { RunStatus } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

/** Runs on one page of the list. */
export const RUNS_PAGE = 50;

/** While a run is on, its row is asked for this often. */
const LIVE_MS = 2_000;

const route = getRouteApi("/c/$client/sync");

/** The filter and the place of the list of runs, as the address has them. */
export function useRunsSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    status: search.status,
    isStarting: search.start === true,
    isRehearsing: search.rehearse === true,
    place: { after: search.after, before: search.before, page: search.page },
    filter: (status: RunStatus | undefined) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, status }), replace: true }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }) }),
    openStart: () => void navigate({ search: (old) => ({ ...old, start: true as const }), resetScroll: false }),
    openRehearse: () => void navigate({ search: (old) => ({ ...old, rehearse: true as const }), resetScroll: false }),
    closeDialog: () =>
      void navigate({
        search: (old) => ({ ...old, start: undefined, rehearse: undefined }),
        replace: true,
        resetScroll: false,
      }),
    clear: () => void navigate({ search: {}, replace: true }),
  };
}

/** The page of runs that the address names, kept up to date while one is under way; the exact total comes later. */
export function useRuns() {
  const client = useClient();
  const { status, place } = useRunsSearch();
  const list = useQuery(
    trpc.sync.list.queryOptions(
      { clientId: client.id, status, after: place.after, before: place.before, limit: RUNS_PAGE },
      {
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) => (state.data?.rows.some((run) => isLive(run.status)) === true ? LIVE_MS : false),
      },
    ),
  );
  const total = useQuery(trpc.sync.count.queryOptions({ clientId: client.id, status }));
  return { list, total: total.data };
}
