import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import type { MissionFilters } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";
import type { CountsById } from "./missions-table.tsx";

/** Missions on one page of the list. */
export const MISSIONS_PAGE = 50;

const route = getRouteApi("/c/$client/missions");

/** The filters and the place of the missions list, as the address has them. */
export function useMissionsSearch() {
  const { q, state, tier, after, before, page, view, drafts = false } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    filters: { q, state, tier },
    place: { after, before, page },
    view,
    isAsIfEnabled: drafts,
    /** The table, or the coverage by tier; the filters stay. */
    show: (next: "coverage" | undefined) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, drafts: undefined, view: next }) }),
    /** In the coverage, whether drafts count as if they were enabled. */
    suppose: (isAsIfEnabled: boolean) =>
      void navigate({ search: (old) => ({ ...old, drafts: isAsIfEnabled ? true : undefined }), replace: true }),
    filter: (change: MissionFilters) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }) }),
    clear: () => void navigate({ search: { view, drafts: drafts ? true : undefined }, replace: true }),
  };
}

/** The page of missions that the address names; its exact total and its counts come as later answers. */
export function useMissions() {
  const client = useClient();
  const { filters, place, go, clear } = useMissionsSearch();
  const { after, before } = place;
  const list = useQuery(
    trpc.missions.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: MISSIONS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.missions.count.queryOptions({ clientId: client.id, ...filters }));
  const missionIds = useMemo(() => list.data?.rows.map((mission) => mission.id) ?? [], [list.data]);
  const counted = useQuery(
    trpc.missions.counts.queryOptions(
      { clientId: client.id, missionIds },
      { enabled: missionIds.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const byId = useMemo(() => counted.data && new Map(counted.data.map((one) => [one.missionId, one])), [counted.data]);
  const counts: CountsById = byId ?? (counted.isError ? "failed" : undefined);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const isOnePage = (list.data?.next ?? null) === null && (list.data?.previous ?? null) === null;
  return {
    list,
    total: total.data,
    counts,
    countsError: counted.error,
    recount: () => void counted.refetch(),
    place,
    go,
    isFiltered,
    clearFilters: clear,
    /** True when no mission of the programme is missing from the list shown. */
    isComplete: !isFiltered && isOnePage,
  };
}
