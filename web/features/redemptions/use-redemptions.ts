import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/redemptions");

export const REDEMPTIONS_PAGE = 50;

/** The redemptions that the address asks for; the exact total is an answer of its own. */
export function useRedemptions() {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { after, before, page, why, ...chosen } = search;
  const filters = { ...chosen };
  const list = useQuery(
    trpc.redemptions.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: REDEMPTIONS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.redemptions.count.queryOptions({ clientId: client.id, ...filters }));
  return {
    search,
    list,
    total: total.data,
    filters,
    isFiltered: Object.values(chosen).some((value) => value !== undefined),
    place: { after, before, page },
    filter: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    why,
    explain: (id: string | undefined) =>
      void navigate({ search: (old) => ({ ...old, why: id }), replace: why !== undefined, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}
