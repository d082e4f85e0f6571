import { useQuery } from "@tanstack/react-query";
import type { TierDto } from "../../../server/tiers/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";

/** The client's tiers, lowest first; undefined while they load. */
export function useLadder(): readonly TierDto[] | undefined {
  const client = useClient();
  const { data } = useQuery(trpc.tiers.list.queryOptions({ clientId: client.id }, { staleTime: 60_000 }));
  return data?.tiers;
}
