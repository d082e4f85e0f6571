import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ChangeKind } from "../../../server/sync/changes/schema.ts";
import type { RehearsalRow } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/sync/rehearsals/$rehearsalId");

/** While it is played, it is asked for this often. */
const LIVE_MS = 1_000;
/** Names on one page. */
export const NAMES_PAGE = 50;

/** The address of a rehearsal: which one, which tab, which part of the names. */
export function useRehearsalSearch() {
  const { rehearsalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    rehearsalId,
    tab: search.tab ?? "steps",
    place: { after: search.after, before: search.before, page: search.page },
    open: (tab: NonNullable<typeof search.tab>) =>
      void navigate({ search: tab === "steps" ? {} : { tab }, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}

/** The rehearsal of the address, kept up to date while it is played. */
export function useRehearsal() {
  const client = useClient();
  const { rehearsalId } = useRehearsalSearch();
  return useQuery(
    trpc.sync.rehearsal.queryOptions(
      { clientId: client.id, rehearsalId },
      { refetchInterval: ({ state }) => (state.data?.status === "running" ? LIVE_MS : false) },
    ),
  );
}

/** A page of names of one kind. They are written once: only the number that are there grows while it is played. */
export function useRehearsalNames(kind: ChangeKind, named: number) {
  const client = useClient();
  const { rehearsalId, place } = useRehearsalSearch();
  return useQuery(
    trpc.sync.rehearsalChanges.queryOptions(
      { clientId: client.id, rehearsalId, kind, after: place.after, before: place.before, limit: NAMES_PAGE },
      { placeholderData: keepPreviousData, enabled: named > 0 },
    ),
  );
}

/** Ends the rehearsal, wherever it is played. */
export function useEndRehearsal() {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.sync.endRehearsal.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.sync.pathFilter()) }),
  );
}

/** Without one under way, what colleagues begin is looked for this often. */
const IDLE_MS = 15_000;

/** The client's last rehearsals, newest first; followed while one is played. */
export function useRehearsals() {
  const client = useClient();
  const isLive = (rows: readonly RehearsalRow[] | undefined) => rows?.some((row) => row.status === "running") === true;
  return useQuery(
    trpc.sync.rehearsals.queryOptions(
      { clientId: client.id },
      { refetchInterval: ({ state }) => (isLive(state.data) ? 2 * LIVE_MS : IDLE_MS) },
    ),
  );
}
