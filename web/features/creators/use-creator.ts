import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";

const route = getRouteApi("/c/$client/creators/$userId");

/** The most of each kind that the timeline reads. */
export const TIMELINE_LIMIT = 50;

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

/** What was earned by the creator and what was adjusted by hand, newest first. */
export function useCreatorHistory() {
  const client = useClient();
  const { userId } = route.useParams();
  const input = { clientId: client.id, userId, limit: TIMELINE_LIMIT };
  const redemptions = useQuery(trpc.redemptions.list.queryOptions(input));
  const adjustments = useQuery(trpc.adjustments.list.queryOptions(input));
  return {
    redemptions: redemptions.data?.rows,
    adjustments: adjustments.data?.rows,
    error: redemptions.error ?? adjustments.error,
    retry: () => void Promise.all([redemptions.refetch(), adjustments.refetch()]),
  };
}

/** The mission whose drawer is open, in the address. */
export function useOpenMission() {
  const { mission } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    missionId: mission,
    open: (missionId: string | undefined) =>
      void navigate({ search: { mission: missionId }, replace: true, resetScroll: false }),
  };
}
