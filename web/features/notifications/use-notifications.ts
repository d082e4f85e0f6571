import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

const route = getRouteApi("/c/$client/notifications");

export const DELIVERIES_PAGE = 25;

export function useChannels() {
  const client = useClient();
  return useQuery(trpc.notifications.channels.queryOptions({ clientId: client.id }, { refetchInterval: 10_000 }));
}

/** What was sent, as the address asks for it; while something waits, it is read anew every few seconds. */
export function useDeliveries() {
  const client = useClient();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { after, before, page, status } = search;
  const input = { clientId: client.id, status, after, before, limit: DELIVERIES_PAGE };
  const list = useQuery(
    trpc.notifications.deliveries.queryOptions(input, {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.rows.some((row) => row.status === "pending") ? 3_000 : 60_000),
    }),
  );
  const total = useQuery(trpc.notifications.deliveryCount.queryOptions({ clientId: client.id, status }));
  const go = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false });
  return {
    search,
    list,
    total: total.data,
    place: { after, before, page },
    filter: (change: Partial<typeof search>) => go({ ...firstPage, ...change }),
    open: (delivery: string | undefined) => go({ delivery }),
    go: (place: PagerPlace) => go(place),
  };
}

/** Reads anew what a change of the notifications touches. */
export function useNotificationsChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const paths = [trpc.notifications, trpc.digest, trpc.audit];
    await Promise.all(paths.map((path) => queryClient.invalidateQueries(path.pathFilter())));
  };
}
