import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { AliasSuggestion } from "../../../server/imports/aliases/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { TextButton } from "../../ui/link.tsx";

export type AliasDecision = "same" | "two";

type Pair = Pick<AliasSuggestion, "handle" | "creator">;

/** Names a pair among the others of the list. */
export function pairKey({ handle, creator }: Pair): string {
  return `${handle} ${creator.userId}`;
}

/** What was decided, both handles named: for the row that stays and for the announcement. */
export function decisionText({ handle, creator }: Pair, decision: AliasDecision): string {
  return decision === "same"
    ? `Rows of @${handle} are @${creator.handle}'s from now on.`
    : `@${handle} and @${creator.handle} are two people; the pair is not offered again.`;
}

type Keep = (pair: Pair, decision: AliasDecision | undefined) => void;

/** The decisions of this visit by pair, and how one is kept or forgotten. */
function useDecided(): [ReadonlyMap<string, AliasDecision>, Keep] {
  const [decided, setDecided] = useState<ReadonlyMap<string, AliasDecision>>(new Map());
  const keep: Keep = (pair, decision) =>
    setDecided((before) => {
      const next = new Map(before);
      next.delete(pairKey(pair));
      return decision === undefined ? next : next.set(pairKey(pair), decision);
    });
  return [decided, keep];
}

/** Of an undoing that came too late. */
export function otherwiseText(handle: string): string {
  return `Nothing was undone: somebody decided on @${handle} meanwhile.`;
}

/**
 * Decides pairs, one at a time. The list is not loaded anew by it: a row that went would leave the next one under the pointer, and a
 * second click would decide that. The rows decided are kept here until it is.
 */
export function useAliasDecisions() {
  const client = useClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [decided, keep] = useDecided();
  const onSettled = () => {
    // not now, but whenever somebody comes back to the page
    void queryClient.invalidateQueries({ ...trpc.imports.aliasSuggestions.pathFilter(), refetchType: "none" });
    return queryClient.invalidateQueries(trpc.imports.aliases.pathFilter());
  };
  const accept = useMutation(trpc.imports.acceptAlias.mutationOptions({ onSettled }));
  const dismiss = useMutation(trpc.imports.dismissAlias.mutationOptions({ onSettled }));
  const undo = useMutation(
    trpc.imports.undoAlias.mutationOptions({
      onSettled,
      // the announcement that asks for it outlives the page
      onSuccess: ({ kind }, { handle }) =>
        announce(kind === "undone" ? `Undone: @${handle} is to be decided again.` : otherwiseText(handle)),
    }),
  );
  const inputOf = (pair: Pair) => ({ clientId: client.id, handle: pair.handle, userId: pair.creator.userId });
  const takeBack = (pair: Pair, decision: AliasDecision) =>
    undo.mutate(
      { ...inputOf(pair), status: decision === "same" ? "accepted" : "dismissed" },
      { onSuccess: () => keep(pair, undefined) },
    );
  const toNames = () => void navigate({ to: "/c/$client/import/source", params: { client: client.subdomain } });
  const decide = (pair: Pair, decision: AliasDecision) => {
    // The second click of two comes before the buttons are drawn as disabled.
    if (queryClient.isMutating({ mutationKey: trpc.imports.pathKey() }) > 0) {
      return;
    }
    (decision === "same" ? accept : dismiss).mutate(inputOf(pair), {
      onSuccess: () => {
        keep(pair, decision);
        announce(
          <>
            {decisionText(pair, decision)}{" "}
            {decision === "same" ? (
              <>
                It is undone under <TextButton onClick={toNames}>Other names of creators</TextButton>.
              </>
            ) : (
              <TextButton onClick={() => takeBack(pair, decision)}>Undo</TextButton>
            )}
          </>,
        );
      },
    });
  };
  return {
    decided,
    decide,
    takeBack,
    isPending: accept.isPending || dismiss.isPending || undo.isPending,
    error: accept.error ?? dismiss.error ?? undo.error,
  };
}
