import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "./client.tsx";
import { trpc } from "./trpc.ts";
import { useMutation } from "./use-mutation.ts";
import { useOneAtATime } from "./use-one-at-a-time.ts";

/** What a run is started with: a checked file, the newest of the inbox, or no file at all. */
export type StartChoice = { importId: string; allOrNothing?: boolean } | { inbox: true } | Record<string, never>;

/**
 * Starts a sync and goes to its page. One run at a time: while another is under way nothing is started, and `busy` is
 * the number of that one.
 */
export function useStartSync() {
  const client = useClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<number | null>(null);
  const mutation = useMutation(
    trpc.sync.start.mutationOptions({
      // Not waited for: the way to the run's page is not to be longer than it must.
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.sync.pathFilter());
        void queryClient.invalidateQueries(trpc.clients.freshness.pathFilter());
      },
    }),
  );
  const begin = async (choice: StartChoice): Promise<void> => {
    setBusy(null);
    const answer = await mutation.mutateAsync({ clientId: client.id, ...choice });
    if (answer.kind === "busy") {
      setBusy(answer.number);
      return;
    }
    const params = { client: client.subdomain, number: String(answer.number) };
    await navigate({ to: "/c/$client/sync/$number", params });
  };
  // The way to the page belongs to it: until that is there, the button still is.
  const once = useOneAtATime();
  const start = (choice: StartChoice): Promise<void> => once(() => begin(choice));
  return {
    /** Rejects when the start was refused; the sentence is in `error` too. */
    start,
    /** The same for a button: the refusal stays in `error` alone. */
    startNow: (choice: StartChoice) => void start(choice).catch(() => undefined),
    busy,
    error: mutation.error,
    isStarting: mutation.isPending,
  };
}
