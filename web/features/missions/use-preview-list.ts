import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { EligibilityFilters } from "../../../server/eligibility/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMissionSearch } from "./use-mission.ts";

/** Creators on one page of a preview's list. */
export const PREVIEW_PAGE = 100;

interface Asked {
  clientId: string;
  missionId: string;
  whatIf: EligibilityFilters["whatIf"];
  search: ReturnType<typeof useMissionSearch>["search"];
}

function filtersOf({ clientId, missionId, whatIf, search }: Asked) {
  const { bucket = "will_create", reason, tier, q } = search;
  return { clientId, missionId, whatIf, bucket, reason, tier, q };
}

/** A page of the list below the sum, as an address asks for it. */
export function previewPage(asked: Asked) {
  const { after, before } = asked.search;
  return trpc.eligibility.list.queryOptions({ ...filtersOf(asked), after, before, limit: PREVIEW_PAGE });
}

/** The list below the sum, as the address asks for it; its exact total is a later answer. */
export function usePreviewList(whatIf: EligibilityFilters["whatIf"]) {
  const client = useClient();
  const { missionId, search } = useMissionSearch();
  const asked = { clientId: client.id, missionId, whatIf, search };
  const { clientId, ...filters } = filtersOf(asked);
  const list = useQuery({ ...previewPage(asked), placeholderData: keepPreviousData });
  const total = useQuery(trpc.eligibility.count.queryOptions({ clientId, ...filters }));
  const isFiltered = [filters.reason, filters.tier, filters.q].some((value) => value !== undefined);
  return { list, total: total.data, bucket: filters.bucket, filters, isFiltered };
}
