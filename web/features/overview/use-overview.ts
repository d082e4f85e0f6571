import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { trpc } from "../../lib/trpc.ts";
import { lastEnded, lastWithChanges } from "./overview-words.ts";

/** Runs in the strip. */
const RUNS = 14;
/** Missions that are looked at; a programme with more is told to be. */
const MISSIONS = 200;

/** The last runs, newest first, the newest that is over, and in full the newest that did something. */
export function useLastRuns() {
  const client = useClient();
  const list = useQuery(
    trpc.sync.list.queryOptions(
      { clientId: client.id, limit: RUNS },
      { refetchInterval: ({ state }) => (state.data?.rows.some((run) => isLive(run.status)) === true ? 5_000 : false) },
    ),
  );
  const runs = list.data?.rows;
  const last = runs === undefined ? undefined : lastEnded(runs);
  const shown = runs === undefined ? undefined : lastWithChanges(runs);
  const detail = useQuery(
    trpc.sync.getByNumber.queryOptions(
      { clientId: client.id, number: shown?.number ?? 1 },
      { enabled: shown !== undefined },
    ),
  );
  return { list, runs, last, detail };
}

/** The missions with their counts; `isCut` when the programme has more than are looked at. */
export function useMissionCounts() {
  const client = useClient();
  const list = useQuery(trpc.missions.list.queryOptions({ clientId: client.id, limit: MISSIONS }));
  const missionIds = useMemo(
    () => list.data?.rows.filter((mission) => mission.enabled).map((mission) => mission.id) ?? [],
    [list.data],
  );
  const counted = useQuery(
    trpc.missions.counts.queryOptions({ clientId: client.id, missionIds }, { enabled: missionIds.length > 0 }),
  );
  const counts = missionIds.length === 0 && list.data !== undefined ? [] : counted.data;
  return {
    missions: list.data?.rows,
    counts,
    error: list.error ?? counted.error,
    retry: () => {
      void list.refetch();
      void counted.refetch();
    },
    isCut: (list.data?.next ?? null) !== null,
  };
}
