import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { RunDto, RunEvent } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { firstPage } from "../../lib/search.ts";
import { trpc } from "../../lib/trpc.ts";
import type { PagerPlace } from "../../ui/pager.tsx";
import { afterEvents, withEvent } from "./run-events.ts";

const route = getRouteApi("/c/$client/sync/$number");

/** Should the stream break off, the run is asked for this often. */
const FALLBACK_MS = 5_000;

/** The address of the run page: which run, which tab, which part of the rejected rows. */
export function useRunSearch() {
  const { number } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return {
    number: Number(number),
    search,
    tab: search.tab ?? "steps",
    place: { after: search.after, before: search.before, page: search.page },
    open: (tab: NonNullable<typeof search.tab>) =>
      void navigate({ search: tab === "steps" ? {} : { tab }, resetScroll: false }),
    kind: search.kind,
    comparedWith: search.with,
    openKind: (kind: NonNullable<typeof search.kind>) =>
      void navigate({ search: { tab: "changes", kind }, replace: true, resetScroll: false }),
    filter: (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...firstPage, ...change }), replace: true, resetScroll: false }),
    go: (place: PagerPlace) => void navigate({ search: (old) => ({ ...old, ...place }), resetScroll: false }),
  };
}

/** A held run is decided by somebody, perhaps elsewhere. */
function isOpen(run: RunDto | undefined): boolean {
  return run !== undefined && (isLive(run.status) || run.status === "held");
}

/** The run of the address, with its steps and tier moves. */
export function useRun() {
  const client = useClient();
  const { number } = useRunSearch();
  return useQuery(
    trpc.sync.getByNumber.queryOptions(
      { clientId: client.id, number },
      {
        refetchInterval: ({ state }) => (isOpen(state.data) ? FALLBACK_MS : false),
      },
    ),
  );
}

/**
 * The run as it goes on: its stored events are replayed and followed, so that a reload or a broken line misses nothing.
 * A run that is over is followed only for its log. Figures are the server's: a finished step asks for them.
 */
export function useLiveRun(run: RunDto, wantsLog: boolean) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  const live = afterEvents(run, events);
  const feed = useSubscription(
    trpc.sync.progress.subscriptionOptions(
      { clientId: client.id, runId: run.id },
      {
        enabled: isLive(live.status) || wantsLog,
        onData: ({ data: event }) => {
          setEvents((known) => withEvent(known, event));
          if (event.type === "step_succeeded" && event.number > run.lastEvent) {
            // An answer on its way is waited for: steps may end faster than it comes.
            void queryClient.invalidateQueries(trpc.sync.getByNumber.pathFilter(), { cancelRefetch: false });
          }
        },
      },
    ),
  );
  useAgain(isLive(live.status), feed.reset);
  useRefreshAtEnd(isLive(live.status));
  return { run: live, events, hasLost: feed.status === "error" };
}

/** A run that was over and is retried is followed again: its stream had ended with its first end. */
function useAgain(isOn: boolean, follow: () => void): void {
  const wasOver = useRef(false);
  useEffect(() => {
    if (isOn && wasOver.current) {
      follow();
    }
    wasOver.current = !isOn;
  }, [isOn, follow]);
}

/**
 * When a run that was followed is over, everything that was read before it is old. One that was over before its page came is
 * behind what the header knew when it was started.
 */
function useRefreshAtEnd(isOn: boolean): void {
  const queryClient = useQueryClient();
  const wasOn = useRef(false);
  useEffect(() => {
    if (!isOn) {
      void queryClient.invalidateQueries(wasOn.current ? undefined : trpc.clients.freshness.pathFilter());
    }
    wasOn.current = isOn;
  }, [isOn, queryClient]);
}
