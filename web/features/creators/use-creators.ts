import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/creators");

export const CREATORS_PAGE = 50;

/** The creators that the address asks for; the exact total is an answer of its own. */
export function useCreators() {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { after, before, page, q, tier, sort } = search;
  // The foot of the list says as of when it is.
  const filters = { clientId: client.id, q, tier, mayBeStale: true };
  const list = useQuery(
    trpc.creators.list.queryOptions(
      { ...filters, sort, after, before, limit: CREATORS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.creators.count.queryOptions(filters));
  return {
    search,
    list,
    total: total.data,
    isFiltered: q !== undefined || tier !== undefined,
    place: { after, before, page },
    filter: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}
