import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";

/** The members of the present client, owners first. */
export function useMembers() {
  const client = useClient();
  return useQuery(trpc.members.list.queryOptions({ clientId: client.id }));
}

/** Reads anew what a change of members touches; where it is one's own, the session and with it every disabled control. */
export function useMembersChanged(): (isOwn: boolean) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (isOwn) => {
    if (isOwn) {
      queryClient.removeQueries(trpc.session.pathFilter());
      await router.invalidate();
    }
    await Promise.all([trpc.members, trpc.audit].map((path) => queryClient.invalidateQueries(path.pathFilter())));
  };
}
