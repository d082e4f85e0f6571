import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AliasSuggestion } from "../../../server/imports/aliases/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { cx } from "../../ui/cx.ts";
import { TextButton } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Dim } from "../../ui/text.tsx";
import classes from "./imports.module.css";
import { CreatorLink } from "./creator-link.tsx";
import { decisionText, pairKey, useAliasDecisions } from "./use-alias-decisions.tsx";

/** Shown before somebody asks for the rest: the files below stay in sight. */
const FIRST = 3;

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
            {decisionText(row, decision)} <TextButton onClick={() => takeBack(row, decision)}>Undo</TextButton>
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
