import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/adjustments");

export const ADJUSTMENTS_PAGE = 50;

/** The adjustments that the address asks for; the exact total is an answer of its own. */
export function useAdjustments() {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { after, before, page, isPending, userId } = search;
  const filters = { isPending, userId };
  const list = useQuery(
    trpc.adjustments.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: ADJUSTMENTS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.adjustments.count.queryOptions({ clientId: client.id, ...filters }));
  return {
    search,
    list,
    total: total.data,
    filters,
    isFiltered: isPending !== undefined || userId !== undefined,
    place: { after, before, page },
    filter: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}
