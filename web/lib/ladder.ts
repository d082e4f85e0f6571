import { useQuery } from "@tanstack/react-query";
import type { TierDto } from "../../server/tiers/schema.ts";
import { useClient } from "./client.tsx";
import { trpc } from "./trpc.ts";

export interface Ladder {
  /** Lowest first; empty while it loads. */
  tiers: readonly TierDto[];
  size: number;
  /** The place of a tier, 0 for the lowest; null when the ladder has no such tier. */
  rankOf: (tierId: string) => number | null;
  byId: (tierId: string) => TierDto | undefined;
  /** Highest first, for a FilterSelect. */
  options: { value: string; label: string }[];
  isLoaded: boolean;
}

/** A ladder made of tiers in any order. */
export function ladderOf(tiers: readonly TierDto[] | undefined): Ladder {
  const sorted = (tiers ?? []).toSorted((one, other) => one.tierOrder - other.tierOrder);
  return {
    tiers: sorted,
    size: sorted.length,
    rankOf: (tierId) => {
      const at = sorted.findIndex((tier) => tier.tierId === tierId);
      return at === -1 ? null : at;
    },
    byId: (tierId) => sorted.find((tier) => tier.tierId === tierId),
    options: sorted.toReversed().map((tier) => ({ value: tier.tierId, label: tier.tierName })),
    isLoaded: tiers !== undefined,
  };
}

/** The present client's tiers; read once and kept, because nearly every page shows them. */
export function useLadder(): Ladder {
  const { id } = useClient();
  const { data } = useQuery(trpc.tiers.list.queryOptions({ clientId: id }, { staleTime: 5 * 60_000 }));
  return ladderOf(data?.tiers);
}
