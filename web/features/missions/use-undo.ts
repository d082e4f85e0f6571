import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../lib/client.tsx";
import { trpc, trpcClient } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { useRefresh } from "./use-refresh.ts";

/** The undo of one seeding: what it would do at this moment, which missions go off with it, and what it did. */
export function useUndo(seedId: string) {
  const client = useClient();
  const refresh = useRefresh();
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [promised, setPromised] = useState(0);
  const asked = { clientId: client.id, seedId };
  const seed = useQuery(trpc.seeding.get.queryOptions(asked));
  // Not awaited: until everything is read anew, the rows asked about would stand here as gone already.
  const undo = useMutation(trpc.seeding.undo.mutationOptions({ onSettled: () => void refresh() }));
  // A dry run is the undo itself with its hands tied: a mutation on the wire, a question here.
  const preview = useQuery({
    queryKey: [["seeding", "undo"], { input: asked, type: "query" }],
    queryFn: () => trpcClient.seeding.undo.mutate({ ...asked, dryRun: true }),
    enabled: client.can("seeding:undo") && undo.data === undefined && !undo.isPending,
    staleTime: 0,
    refetchOnMount: "always",
  });
  const enabled = preview.data?.missionsStillEnabled ?? [];
  return {
    seed,
    preview,
    undo,
    promised,
    isOff: (missionId: string) => !kept.has(missionId),
    setOff: (missionIds: readonly string[], isOff: boolean) =>
      setKept((old) => new Set(isOff ? [...old].filter((id) => !missionIds.includes(id)) : [...old, ...missionIds])),
    confirm: () => {
      setPromised(preview.data?.removed ?? 0);
      const disableMissions = enabled.map(({ id }) => id).filter((id) => !kept.has(id));
      undo.mutate({ ...asked, disableMissions });
    },
  };
}
