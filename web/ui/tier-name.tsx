import { useLadder } from "../lib/ladder.ts";
import { SkeletonText } from "./skeleton.tsx";
import { TierSwatch } from "./tier.tsx";

interface Props {
  /** A tier's id, or "all". */
  id: string;
  /** "Gold and up", unless it is the highest. */
  andUp?: boolean | undefined;
}

/** A tier by its id, with its place in the ladder looked up; an id that the ladder does not have keeps its own text. */
export function TierName({ id, andUp = false }: Props) {
  const ladder = useLadder();
  if (id === "all") {
    return <>All tiers</>;
  }
  if (!ladder.isLoaded) {
    return <SkeletonText width={56} />;
  }
  const tier = ladder.byId(id);
  const rank = ladder.rankOf(id);
  if (tier === undefined || rank === null) {
    return <TierSwatch name={id} rank={null} of={ladder.size} suffix="unknown" />;
  }
  const isTop = rank === ladder.size - 1;
  return (
    <TierSwatch
      name={tier.tierName}
      rank={rank}
      of={ladder.size}
      color={tier.tierColor}
      suffix={andUp && !isTop ? "and up" : undefined}
    />
  );
}
