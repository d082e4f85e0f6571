import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { RowVerdict } from "../../../server/imports/check/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

/** Rows of a file on one page. */
export const ROWS_PAGE = 50;
/** New creators in the drawer; the download has all. */
export const CREATORS_SHOWN = 200;

const route = getRouteApi("/c/$client/import/$importId");

/** The address of a file: which one, and the part of its rows that is shown. */
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
    set: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false }),
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

const PROGRESS_MS = 700;

/** How far the check is, while it is under way, and the way to stop it. */
export function useCheckProgress(isChecking: boolean) {
  const client = useClient();
  const { importId } = useCheckSearch();
  const input = { clientId: client.id, importId };
  const progress = useQuery(
    trpc.imports.checkProgress.queryOptions(input, {
      enabled: isChecking,
      refetchInterval: PROGRESS_MS,
      staleTime: 0,
      // A check that took too long to be told about is no trouble of the page.
      retry: false,
    }),
  );
  const cancel = useMutation(trpc.imports.cancelCheck.mutationOptions());
  return { progress: progress.data ?? null, cancel: () => cancel.mutate(input), isCancelling: cancel.isPending };
}

/** A page of the rows set aside, by the filters of the address. */
export function useRejected() {
  const client = useClient();
  const { importId, search } = useCheckSearch();
  const input = { clientId: client.id, importId, code: search.code, column: search.column };
  const list = useQuery(
    trpc.imports.rejected.queryOptions(
      { ...input, after: search.after, before: search.before, limit: ROWS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const count = useQuery(trpc.imports.rejectedCount.queryOptions(input));
  return { list, total: count.data };
}

/** A page of the rows of one verdict. */
export function useCheckedRows(verdict: RowVerdict) {
  const client = useClient();
  const { importId, search } = useCheckSearch();
  return useQuery(
    trpc.imports.rows.queryOptions(
      { clientId: client.id, importId, verdict, after: search.after, before: search.before, limit: ROWS_PAGE },
      { placeholderData: (last, query) => (sameVerdict(query?.queryKey, verdict) ? last : undefined) },
    ),
  );
}

/** Rows of another tab are no stand-in for those of this one: they have other columns. */
function sameVerdict(key: readonly unknown[] | undefined, verdict: RowVerdict): boolean {
  return JSON.stringify(key ?? []).includes(`"verdict":"${verdict}"`);
}

/** The first creators that the file would create. */
export function useNewCreators(isOpen: boolean) {
  const client = useClient();
  const { importId } = useCheckSearch();
  return useQuery(
    trpc.imports.newCreators.queryOptions(
      { clientId: client.id, importId, limit: CREATORS_SHOWN },
      { enabled: isOpen },
    ),
  );
}
