import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

/** Files on one page of the list. */
export const IMPORTS_PAGE = 20;

const route = getRouteApi("/c/$client/import");

/** The last files: the page that the address names, and the exact total as a later answer. */
export function useImports() {
  const client = useClient();
  const { status, after, before, page } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(
    trpc.imports.list.queryOptions(
      { clientId: client.id, status, after, before, limit: IMPORTS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.imports.count.queryOptions({ clientId: client.id, status }));
  return {
    list,
    total: total.data,
    status,
    place: { after, before, page },
    filter: (next: ImportDto["status"] | undefined) =>
      void navigate({ search: { ...firstPage, status: next }, replace: true, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}
