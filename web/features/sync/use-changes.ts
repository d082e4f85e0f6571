import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { KeptKind } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useRunSearch } from "./use-run.ts";

/** Names on one page. */
export const NAMES_PAGE = 50;

/** What the run changed, in figures; a finished step asks again. */
export function useRunChanges(run: RunDto) {
  const client = useClient();
  return useQuery(
    trpc.sync.runChanges.queryOptions({ clientId: client.id, runId: run.id }, { placeholderData: keepPreviousData }),
  );
}

/** A page of names of one kind, as the address has its place. */
export function useRunNames(run: RunDto, kind: KeptKind, named: number) {
  const client = useClient();
  const { place } = useRunSearch();
  return useQuery(
    trpc.sync.changes.queryOptions(
      { clientId: client.id, runId: run.id, kind, after: place.after, before: place.before, limit: NAMES_PAGE },
      { placeholderData: keepPreviousData, enabled: named > 0 },
    ),
  );
}

/** A page of the rows that the run's seeding created and that are still there. */
export function useSeededNames(seedId: string) {
  const client = useClient();
  const { place } = useRunSearch();
  const list = useQuery(
    trpc.seeding.rows.queryOptions(
      { clientId: client.id, seedId, after: place.after, before: place.before, limit: NAMES_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = useQuery(trpc.seeding.rowCount.queryOptions({ clientId: client.id, seedId }));
  return { list, total: total.data };
}
