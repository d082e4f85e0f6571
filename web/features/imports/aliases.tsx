import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Alias, AliasSuggestion } from "../../../server/imports/aliases/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { cx } from "../../ui/cx.ts";
import { TextButton, TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Dim, When } from "../../ui/text.tsx";
import classes from "./imports.module.css";
import { decisionText, pairKey, useAliasDecisions } from "./use-alias-decisions.tsx";

/** Shown before somebody asks for the rest: the files below stay in sight. */
const FIRST = 3;

function CreatorLink({ creator }: { creator: { userId: string; handle: string } }) {
  const client = useClient();
  return (
    <TextLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: creator.userId }}>
      @{creator.handle}
    </TextLink>
  );
}

/** Handles that may be known creators under a new name. Nothing is shown where there is nothing to decide. */
export function AliasSuggestions() {
  const client = useClient();
  const suggestions = useQuery(trpc.imports.aliasSuggestions.queryOptions({ clientId: client.id }));
  const decisions = useAliasDecisions();
  const [isAll, setAll] = useState(false);
  const all = suggestions.data ?? [];
  if (all.length === 0) {
    return null;
  }
  const rows = isAll ? all : all.slice(0, FIRST);
  const open = all.filter((row) => !decisions.decided.has(pairKey(row))).length;
  return (
    <Panel title="Same creator under a new name?" note={formatCount(open)}>
      {decisions.error === null ? null : <ErrorBanner error={decisions.error} title="Nothing was changed." />}
      <ul className={classes.aliases}>
        {rows.map((row) => (
          <Suggestion key={pairKey(row)} row={row} decisions={decisions} />
        ))}
      </ul>
      {all.length > rows.length ? (
        <p className={classes.match}>
          <TextButton onClick={() => setAll(true)}>Show all {formatCount(all.length)}</TextButton>
        </p>
      ) : null}
    </Panel>
  );
}

interface SuggestionProps {
  row: AliasSuggestion;
  decisions: ReturnType<typeof useAliasDecisions>;
}

/** A pair to decide. Decided, it stays where it is with what came of it, so that no other row comes under the pointer. */
function Suggestion({ row, decisions: { decided, decide, takeBack, isPending } }: SuggestionProps) {
  const decision = decided.get(pairKey(row));
  const reason =
    useClient().reasonFor("imports:write") ??
    (isPending ? "A decision is being saved." : decision === undefined ? undefined : "It is decided.");
  return (
    <li className={cx(classes.alias, decision !== undefined && classes.decided)}>
      <span className={classes.aliasText}>
        <span className={classes.why}>
          <Why row={row} />
        </span>
        {decision === undefined ? null : (
          <span role="status">
            {decisionText(row, decision)} <TextButton onClick={() => takeBack(row)}>Undo</TextButton>
          </span>
        )}
      </span>
      <Row>
        <ActionButton reason={reason} size="compact-sm" onClick={() => decide(row, "same")}>
          Same creator
        </ActionButton>
        <ActionButton reason={reason} size="compact-sm" onClick={() => decide(row, "two")}>
          Two people
        </ActionButton>
      </Row>
    </li>
  );
}

function Why({ row }: { row: AliasSuggestion }) {
  const held = row.heldVideos > 0 ? ` ${countOf(row.heldVideos, "video")} of @${row.handle} would stay there.` : "";
  return (
    <span>
      <b>@{row.handle}</b> may be <CreatorLink creator={row.creator} />:{" "}
      <Dim>
        {row.evidence === "video"
          ? `${countOf(row.rejectedRows, "row")} of the last files ${row.rejectedRows === 1 ? "was" : "were"} rejected, because the videos are held under that name.`
          : "the handles look alike."}
        {held}
      </Dim>
    </span>
  );
}

/** The names that were accepted, each to be taken back. */
export function AcceptedAliases() {
  const client = useClient();
  const aliases = useQuery(trpc.imports.aliases.queryOptions({ clientId: client.id }));
  const queryClient = useQueryClient();
  const undo = useMutation(
    trpc.imports.undoAlias.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.imports.pathFilter()),
      onSuccess: (_, { handle }) => announce(`@${handle} is a name of its own again. What was taken meanwhile stays.`),
    }),
  );
  const reason = client.reasonFor("imports:write") ?? (undo.isPending ? "The last one is being undone." : undefined);
  const rows = aliases.data ?? [];
  return (
    <Panel title="Other names of creators" note={rows.length === 0 ? undefined : formatCount(rows.length)}>
      {undo.error === null ? null : <ErrorBanner error={undo.error} />}
      {aliases.error === null ? null : <ErrorBanner error={aliases.error} onRetry={() => void aliases.refetch()} />}
      {rows.length === 0 ? (
        <Dim>
          None yet. When a handle of a file may be a known creator under a new name, the page Import offers it there.
        </Dim>
      ) : (
        <ul className={classes.aliases}>
          {rows.map((alias) => (
            <li key={`${alias.handle} ${alias.creator.userId}`} className={classes.alias}>
              <AliasText alias={alias} />
              <ActionButton
                size="compact-sm"
                reason={reason}
                onClick={() => undo.mutate({ clientId: client.id, handle: alias.handle, userId: alias.creator.userId })}
              >
                Undo
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AliasText({ alias }: { alias: Alias }) {
  return (
    <span>
      <b>@{alias.handle}</b> is <CreatorLink creator={alias.creator} />{" "}
      <Dim>
        by {alias.byName}, <When at={alias.at} />
      </Dim>
    </span>
  );
}
