import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/audit");

export const AUDIT_PAGE = 50;

/** The entries that the address asks for; the exact total is an answer of its own. */
export function useAudit() {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { after, before, page, entry, action, subjectId } = search;
  const filters = { action, subjectId };
  const list = useQuery(
    trpc.audit.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: AUDIT_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.audit.count.queryOptions({ clientId: client.id, ...filters }));
  const actions = useQuery(trpc.audit.actions.queryOptions({ clientId: client.id }));
  return {
    search,
    list,
    total: total.data,
    filters,
    actions: actions.data ?? [],
    isFiltered: action !== undefined || subjectId !== undefined,
    place: { after, before, page },
    entry,
    open: (id: string | undefined) =>
      void navigate({ search: (old) => ({ ...old, entry: id }), replace: true, resetScroll: false }),
    filter: (change: Partial<typeof search>) =>
      void navigate({
        search: (old) => ({ ...old, ...firstPage, entry: undefined, ...change }),
        replace: true,
        resetScroll: false,
      }),
    go: (place: PagerPlace) =>
      void navigate({ search: (old) => ({ ...old, ...place, entry: undefined }), resetScroll: false }),
  };
}
