import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { EligibilityFilters } from "../../../server/eligibility/schema.ts";
import { OPENS_DRAWER } from "../../lib/drawer-back.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { nextPlace, previousPlace } from "../../ui/pager.tsx";
import type { PagerPlace } from "../../ui/pager.tsx";
import { PREVIEW_PAGE, previewPage, usePreviewList } from "./use-preview-list.ts";

const route = getRouteApi("/c/$client/missions/$missionId");

/** The creator whose explanation is open, in the address. Opening is a step in the history, moving on is none, closing goes back. */
export function useOpenCreator() {
  const { creator } = route.useSearch();
  const navigate = route.useNavigate();
  return {
    userId: creator,
    open: (userId: string) =>
      void navigate({
        search: (old) => ({ ...old, near: undefined, creator: userId }),
        state: OPENS_DRAWER,
        resetScroll: false,
      }),
    show: (userId: string | undefined, place: PagerPlace = {}) =>
      void navigate({ search: (old) => ({ ...old, ...place, creator: userId }), replace: true, resetScroll: false }),
  };
}

/** Why this creator stands with the mission as they do, under the terms that the page supposes. */
export function useExplanation(userId: string, whatIf: EligibilityFilters["whatIf"]) {
  const client = useClient();
  const { missionId } = route.useParams();
  return useQuery(trpc.eligibility.explain.queryOptions({ clientId: client.id, missionId, userId, whatIf }));
}

interface Beside {
  before: string | undefined;
  after: string | undefined;
}

/** Asks for the explanations of the rows beside, so that J and K show them at once. */
function usePrefetched({ before, after }: Beside, whatIf: EligibilityFilters["whatIf"]): void {
  const client = useClient();
  const { missionId } = route.useParams();
  useQueries({
    queries: [before, after]
      .filter((userId) => userId !== undefined)
      .map((userId) => trpc.eligibility.explain.queryOptions({ clientId: client.id, missionId, userId, whatIf })),
    combine: nothing,
  });
}

/** What is asked ahead is not looked at here: one answer for all states, so that nothing is drawn again. */
function nothing(): null {
  return null;
}

/** The creator's place in the list behind the drawer, and the ways to the rows beside it, also over the edge of a page. */
export function useNeighbours(userId: string, whatIf: EligibilityFilters["whatIf"]) {
  const search = route.useSearch();
  const { show } = useOpenCreator();
  const { list, total } = usePreviewList(whatIf);
  const turn = useTurn(whatIf);
  const rows = list.isPlaceholderData ? [] : (list.data?.rows ?? []);
  const at = rows.findIndex((row) => row.userId === userId);
  const isListed = at !== -1;
  const page = search.page ?? 1;
  const beside: Beside = isListed
    ? { before: rows[at - 1]?.userId, after: rows[at + 1]?.userId }
    : { before: undefined, after: undefined };
  usePrefetched(beside, whatIf);
  const { next, previous } = list.data ?? {};
  return {
    row: rows[at],
    position: isListed && total !== undefined ? { at: (page - 1) * PREVIEW_PAGE + at + 1, of: total } : undefined,
    onPrevious: stepTo(beside.before, isListed ? previous : null, {
      show,
      turn: (cursor) => turn(previousPlace(page, cursor), -1),
    }),
    onNext: stepTo(beside.after, isListed ? next : null, { show, turn: (cursor) => turn(nextPlace(page, cursor), 0) }),
  };
}

/** One row on: on this page, else over its edge, else nowhere. */
function stepTo(
  neighbour: string | undefined,
  cursor: string | null | undefined,
  ways: { show: (userId: string) => void; turn: (cursor: string) => void },
): (() => void) | undefined {
  if (neighbour !== undefined) {
    return () => ways.show(neighbour);
  }
  return cursor == null ? undefined : () => ways.turn(cursor);
}

/** Turns the page of the list and shows its first (0) or last (-1) row. */
function useTurn(whatIf: EligibilityFilters["whatIf"]) {
  const client = useClient();
  const { missionId } = route.useParams();
  const search = route.useSearch();
  const queryClient = useQueryClient();
  const { show } = useOpenCreator();
  return (place: PagerPlace, side: 0 | -1) => {
    const asked = { clientId: client.id, missionId, whatIf, search: { ...search, ...place } };
    void queryClient.fetchQuery(previewPage(asked)).then(({ rows }) => {
      const row = rows.at(side);
      return row === undefined ? undefined : show(row.userId, place);
    }, ignored);
  };
}

/** The list behind shows the same failure, with a way to try again. */
function ignored(): void {}
