import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";

export const SEEDINGS_PAGE = 50;

/** Rows left by seeding; undefined while they are counted. */
export type Left = ReadonlyMap<string, number> | "failed" | undefined;

/** A page of seedings, of one mission or of all; the total and the rows left are answers of their own, and come later. */
export function useSeedings(place: PagerPlace, missionId?: string) {
  const client = useClient();
  const filters = { clientId: client.id, missionId };
  const { after, before } = place;
  const list = useQuery(
    trpc.seeding.list.queryOptions(
      { ...filters, after, before, limit: SEEDINGS_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.seeding.count.queryOptions(filters)).data;
  const seedIds = list.data?.rows.map(({ id }) => id) ?? [];
  const counts = useQuery(trpc.seeding.counts.queryOptions({ ...filters, seedIds }, { enabled: seedIds.length > 0 }));
  const left: Left =
    counts.error === null ? counts.data && new Map(counts.data.map((one) => [one.seedId, one.left])) : "failed";
  return { list, total, left };
}
