import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { HealthDto } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/health");

/** Records on one page of a finding's list. */
export const RECORD_PAGE = 25;

/** What the page's address says, and the ways to change it. */
export function useHealthSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: typeof search) => void navigate({ search: next, replace: true, resetScroll: false });
  return {
    ...search,
    place: { after: search.after, before: search.before, page: search.page },
    open: (finding: string | undefined) => go({ finding, ...firstPage }),
    // A dialog takes the drawer's place: never one upon the other.
    fixIt: (fix: string | undefined) => go({ fix }),
    muteIt: (mute: string | undefined) => go({ mute }),
    turn: (place: PagerPlace) => go({ ...search, ...place }),
  };
}

/** What the checks found when they were last made, and the way to make them anew. */
export function useHealth() {
  const { id } = useClient();
  const queryClient = useQueryClient();
  const options = trpc.health.checks.queryOptions({ clientId: id }, { staleTime: 60_000 });
  const checks = useQuery(options);
  const check = useMutation(
    trpc.health.checkNow.mutationOptions({
      onSuccess: async (made: HealthDto) => {
        queryClient.setQueryData(options.queryKey, made);
        await queryClient.invalidateQueries(trpc.health.list.pathFilter());
        await queryClient.invalidateQueries(trpc.health.count.pathFilter());
      },
    }),
  );
  return { checks, check, checkNow: () => check.mutate({ clientId: id }) };
}

/** The page of a finding's records that the address asks for, and their exact number as of now. */
export function useRecords(code: string) {
  const { id } = useClient();
  const { place } = useHealthSearch();
  const { after, before } = place;
  const list = useQuery(
    trpc.health.list.queryOptions(
      { clientId: id, code, after, before, limit: RECORD_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.health.count.queryOptions({ clientId: id, code }));
  return { list, total: total.data };
}

/** Forgets every answer that putting a finding right could have made old. */
export function useForgetAll(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries();
}
