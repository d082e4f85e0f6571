import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { RehearsalStarted } from "../../server/sync/rehearsal/schema.ts";
import { useClient } from "./client.tsx";
import { trpc } from "./trpc.ts";
import { useMutation } from "./use-mutation.ts";
import { useOneAtATime } from "./use-one-at-a-time.ts";

/** Why nothing was started: a sync is under way, or another rehearsal. */
export type RehearsalBusy = Extract<RehearsalStarted, { kind: "busy" }>;

/** Starts a rehearsal, with a checked file or with what tonight would take, and goes to its page. */
export function useStartRehearsal() {
  const client = useClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<RehearsalBusy | null>(null);
  const mutation = useMutation(
    trpc.sync.rehearse.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(trpc.sync.rehearsals.pathFilter()),
    }),
  );
  const begin = async (choice: { importId?: string }): Promise<void> => {
    setBusy(null);
    const answer = await mutation.mutateAsync({ clientId: client.id, ...choice });
    if (answer.kind === "busy") {
      setBusy(answer);
      return;
    }
    const params = { client: client.subdomain, rehearsalId: answer.rehearsalId };
    await navigate({ to: "/c/$client/sync/rehearsals/$rehearsalId", params, search: {} });
  };
  // The way to the page belongs to it: until that is there, the button still is.
  const once = useOneAtATime();
  const start = (choice: { importId?: string }): Promise<void> => once(() => begin(choice));
  return {
    /** For a button: a refusal stays in `error`. */
    startNow: (choice: { importId?: string } = {}) => void start(choice).catch(() => undefined),
    busy,
    error: mutation.error,
    isStarting: mutation.isPending,
  };
}
