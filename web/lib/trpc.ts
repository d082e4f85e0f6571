import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import superjson from "superjson";
import type { AppRouter } from "../../server/router.ts";
import { createQueryClient } from "./query-client.ts";

const url = "/trpc";

/** The one cache of this tab. */
export const queryClient = createQueryClient();

/** Calls procedures without the cache: `await trpcClient.missions.duplicate.mutate(…)`. */
export const trpcClient = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url, transformer: superjson }),
      false: httpBatchStreamLink({ url, transformer: superjson, maxURLLength: 4000 }),
    }),
  ],
});

/**
 * Options for TanStack Query, inside and outside of components:
 * `useQuery(trpc.missions.list.queryOptions({ clientId }))`, `queryClient.ensureQueryData(trpc.session.me.queryOptions())`,
 * `useMutation(trpc.seeding.applyPlan.mutationOptions())`, `queryClient.invalidateQueries(trpc.missions.pathFilter())`.
 */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient });
