import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DraftDto } from "../../../../server/seeding/draft/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { plainNumber } from "../mission-form-values.ts";
import type { MissionValues } from "../mission-form-values.ts";

const WAIT_MS = 350;

/**
 * Who would get the mission as the form has it, 350 ms after the last key; the numbers before stay until the new ones come.
 * Near-misses are summed from the videos and come as a later answer.
 */
export function useDraft(values: MissionValues, missionId: string | undefined) {
  const client = useClient();
  const { missionType, targetValue, rewardId, tierEligibility, raffleEndDate } = values;
  const asked = useMemo(() => {
    const isRaffle = missionType === "raffle";
    return {
      missionId,
      missionType,
      rewardId,
      tierEligibility,
      targetValue: isRaffle ? "0" : plainNumber(targetValue),
      raffleEndDate: isRaffle && raffleEndDate !== "" ? raffleEndDate : null,
    };
  }, [missionId, missionType, targetValue, rewardId, tierEligibility, raffleEndDate]);
  const [settled] = useDebouncedValue(asked, WAIT_MS);
  const options = { enabled: client.can("missions:write"), placeholderData: keepPreviousData };
  const input = { clientId: client.id, ...settled };
  const numbers = useQuery(trpc.eligibility.previewDraft.queryOptions({ ...input, nearMisses: false }, options));
  const near = useQuery(trpc.eligibility.previewDraft.queryOptions({ ...input, nearMisses: true }, options));
  const isBehind = settled !== asked;
  const nearMisses: DraftDto["nearMisses"] | undefined = near.data?.nearMisses;
  return {
    draft: numbers.data,
    nearMisses,
    error: numbers.error,
    retry: () => void numbers.refetch(),
    /** The numbers are of what the form held before. */
    isStale: isBehind || numbers.isPlaceholderData,
    isNearStale: isBehind || near.isPlaceholderData,
  };
}
