import { useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../lib/trpc.ts";

/** Forgets every answer that a change of missions or of their rows could have made old. */
export function useRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const paths = [
      trpc.missions,
      trpc.eligibility,
      trpc.seeding,
      trpc.progress,
      trpc.rewards,
      trpc.creators,
      trpc.audit,
      trpc.health,
    ];
    await Promise.all(paths.map((path) => queryClient.invalidateQueries(path.pathFilter())));
  };
}
