import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { trpc, trpcClient } from "../../lib/trpc.ts";

const route = getRouteApi("/c/$client/creators/$userId");

/** Entries that the timeline reads at a time. */
const TIMELINE_PAGE = 20;

/** The creator that the address names, and all missions as they stand for them. */
export function useCreator() {
  const client = useClient();
  const { userId } = route.useParams();
  const input = { clientId: client.id, userId };
  return {
    creator: useQuery(trpc.creators.get.queryOptions(input)),
    missions: useQuery(trpc.eligibility.creator.queryOptions(input)),
    total: useQuery(trpc.creators.count.queryOptions({ clientId: client.id })).data,
  };
}

/** What happened to the creator, newest first, of the kind that the address names; older entries when asked for. */
export function useTimeline() {
  const client = useClient();
  const { userId } = route.useParams();
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  const input = { clientId: client.id, userId, kind, limit: TIMELINE_PAGE };
  const list = useInfiniteQuery({
    queryKey: [...trpc.creators.timeline.pathKey(), { input, type: "infinite" }],
    queryFn: ({ pageParam, signal }) =>
      trpcClient.creators.timeline.query({ ...input, after: pageParam ?? undefined }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  return {
    entries: list.data?.pages.flatMap((page) => page.rows),
    kind,
    setKind: (next: typeof kind) =>
      void navigate({ search: (old) => ({ ...old, kind: next }), replace: true, resetScroll: false }),
    error: list.error,
    retry: () => void list.refetch(),
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    isLoadingMore: list.isFetchingNextPage,
  };
}

/** The mission whose drawer is open, in the address. */
export function useOpenMission() {
  const { mission } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    missionId: mission,
    open: (missionId: string | undefined) =>
      void navigate({ search: (old) => ({ ...old, mission: missionId }), replace: true, resetScroll: false }),
  };
}
