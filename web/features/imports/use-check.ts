import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

/** Rejected rows on one page. */
export const REJECTED_PAGE = 50;

const route = getRouteApi("/c/$client/import/$importId");

/** The address of a file: which one, and the part of its rejected rows that is shown. */
export function useCheckSearch() {
  const { importId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    importId,
    search,
    place: { after: search.after, before: search.before, page: search.page },
    filter: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}

/** The file of the address and, while it waits, what importing it would do. */
export function useCheck() {
  const client = useClient();
  const { importId } = useCheckSearch();
  const input = { clientId: client.id, importId };
  const file = useQuery(trpc.imports.get.queryOptions(input));
  const isWaiting = file.data?.status === "stored";
  const check = useQuery(trpc.imports.check.queryOptions(input, { enabled: isWaiting }));
  return { file, check, isWaiting };
}

/** A page of the rows set aside, by the filters of the address. */
export function useRejected() {
  const client = useClient();
  const { importId, search } = useCheckSearch();
  const input = { clientId: client.id, importId, code: search.code, column: search.column };
  const list = useQuery(
    trpc.imports.rejected.queryOptions(
      { ...input, after: search.after, before: search.before, limit: REJECTED_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const count = useQuery(trpc.imports.rejectedCount.queryOptions(input));
  return { list, total: count.data };
}
