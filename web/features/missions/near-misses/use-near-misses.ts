import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { NearMissKind } from "../../../../server/seeding/near-misses/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import type { PagerPlace } from "../../../ui/pager.tsx";
import { useMissionSearch } from "../use-mission.ts";
import { useSupposed } from "../what-if/use-supposed.ts";

/** Creators on one page of the near-misses. */
export const NEAR_PAGE = 50;

/** How many are within 10 % of the tier or target, under the terms on show. */
export function useNearCounts(mission: MissionDto, kind: NearMissKind) {
  const client = useClient();
  const { whatIf } = useSupposed(mission);
  return useQuery(
    trpc.eligibility.nearMissCounts.queryOptions(
      { clientId: client.id, missionId: mission.id, whatIf, kind },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** Which list of near-misses the address opens, and where in it. */
export function useNearSearch() {
  const { search, set, openDrawer } = useMissionSearch();
  const start = { nearAfter: undefined, nearBefore: undefined, nearPage: undefined };
  return {
    kind: search.near,
    sort: search.nearSort ?? "near",
    place: { after: search.nearAfter, before: search.nearBefore, page: search.nearPage },
    open: (near: NearMissKind) => openDrawer({ near, nearSort: undefined, creator: undefined, ...start }),
    close: () => set({ near: undefined, nearSort: undefined, ...start }),
    order: (sort: "near" | "handle") => set({ nearSort: sort === "near" ? undefined : sort, ...start }),
    go: ({ after, before, page }: PagerPlace) => set({ nearAfter: after, nearBefore: before, nearPage: page }),
  } as const;
}

/** The page of near-misses that the address asks for. */
export function useNearMisses(mission: MissionDto, kind: NearMissKind) {
  const client = useClient();
  const { whatIf } = useSupposed(mission);
  const { sort, place } = useNearSearch();
  const { after, before } = place;
  const filters = { missionId: mission.id, whatIf, kind, sort };
  const list = useQuery(
    trpc.eligibility.nearMisses.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: NEAR_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  return { list, filters };
}
