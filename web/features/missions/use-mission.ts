import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { OPENS_DRAWER } from "../../lib/drawer-back.ts";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";
import { supposedTerms } from "./what-if/supposed-terms.ts";

const route = getRouteApi("/c/$client/missions/$missionId");

/** The address of the mission page: which mission, which tab, which part of the list below. */
export function useMissionSearch() {
  const { missionId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  type Change = Partial<typeof search>;
  return {
    missionId,
    search,
    place: { after: search.after, before: search.before, page: search.page },
    /** Changes a filter: back to the first page, without a step in the history. */
    filter: (change: Change) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    /** Opens another tab or list: everything that belonged to the last one is dropped. */
    open: (change: Change) => void navigate({ search: change, resetScroll: false }),
    /** Opens or closes something on the page as it stands. */
    set: (change: Change) => void navigate({ search: (old) => ({ ...old, ...change }), resetScroll: false }),
    /** Opens a drawer over the page. */
    openDrawer: (change: Change) =>
      void navigate({ search: (old) => ({ ...old, ...change }), state: OPENS_DRAWER, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}

/**
 * The mission of the address, and the exact answer to who would get it under the terms that the address supposes; a draft is
 * counted as if it were enabled. The answer is a plan, so it is not made anew behind the admin's back when the tab is looked at
 * again: what is on the page is what a seeding does, or is refused with what moved since.
 */
export function useMission() {
  const client = useClient();
  const { missionId, search } = useMissionSearch();
  const mission = useQuery(trpc.missions.get.queryOptions({ clientId: client.id, missionId }));
  const whatIf = mission.data === undefined ? undefined : supposedTerms(mission.data, search).whatIf;
  const preview = useQuery(
    trpc.eligibility.preview.queryOptions(
      { clientId: client.id, missionId, whatIf },
      {
        enabled: mission.data !== undefined,
        placeholderData: keepPreviousData,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    ),
  );
  return { mission, preview, whatIf };
}
