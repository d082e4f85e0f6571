import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { EligibilityFilters } from "../../../server/eligibility/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMissionSearch } from "./use-mission.ts";

/** Creators on one page of a preview's list. */
export const PREVIEW_PAGE = 100;

/** The list below the sum, as the address asks for it; its exact total is a later answer. */
export function usePreviewList(whatIf: EligibilityFilters["whatIf"]) {
  const client = useClient();
  const { missionId, search } = useMissionSearch();
  const { bucket = "will_create", reason, tier, q, after, before } = search;
  const filters = { missionId, whatIf, bucket, reason, tier, q };
  const list = useQuery(
    trpc.eligibility.list.queryOptions(
      { clientId: client.id, ...filters, after, before, limit: PREVIEW_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.eligibility.count.queryOptions({ clientId: client.id, ...filters }));
  const isFiltered = [reason, tier, q].some((value) => value !== undefined);
  return { list, total: total.data, bucket, filters, isFiltered };
}
