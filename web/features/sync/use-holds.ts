import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { KeptKind } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { NAMES_PAGE } from "./use-changes.ts";
import { useRunSearch } from "./use-run.ts";

/** The times that a run was held, the first one first. */
export function useHolds(run: RunDto) {
  const client = useClient();
  return useQuery(
    trpc.sync.holds.queryOptions({ clientId: client.id, runId: run.id }, { enabled: run.startedAt !== null }),
  );
}

/** A page of what a held step would have changed, by name. */
export function useHeldNames(run: RunDto, number: number, kind: KeptKind) {
  const client = useClient();
  const { place } = useRunSearch();
  return useQuery(
    trpc.sync.holdChanges.queryOptions(
      { clientId: client.id, runId: run.id, number, kind, after: place.after, before: place.before, limit: NAMES_PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** Lets the held run go on, or gives it up; what somebody else decided first is said. */
export function useDecision(run: RunDto, onClose: () => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  const options = {
    onSuccess: (answer: { kind: string }) => {
      const done = answer.kind === "released" ? "was released and goes on" : "was discarded";
      announce(
        answer.kind === "not_held"
          ? `Run ${run.number} was no longer held: somebody was faster.`
          : `Run ${run.number} ${done}.`,
      );
      onClose();
    },
    onSettled: async () => {
      await Promise.all([
        queryClient.invalidateQueries(trpc.sync.pathFilter()),
        queryClient.invalidateQueries(trpc.clients.freshness.pathFilter()),
        queryClient.invalidateQueries(trpc.imports.pathFilter()),
      ]);
    },
  };
  const release = useMutation(trpc.sync.releaseHeld.mutationOptions(options));
  const discard = useMutation(trpc.sync.discard.mutationOptions(options));
  const ids = { clientId: client.id, runId: run.id };
  return {
    release: (reason: string) => release.mutate({ ...ids, reason }),
    discard: (reason: string, discardFile: boolean) => discard.mutate({ ...ids, reason, discardFile }),
    isBusy: release.isPending || discard.isPending,
    error: release.error ?? discard.error,
  };
}
