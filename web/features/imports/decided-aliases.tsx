import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type Alias, type AliasStatus, MOST_ALIASES } from "../../../server/imports/aliases/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { CreatorLink } from "./creator-link.tsx";
import classes from "./imports.module.css";
import { otherwiseText } from "./use-alias-decisions.tsx";

interface Wording {
  title: string;
  /** null: without a decision the panel is not shown */
  none: string | null;
  verb: string;
  button: string;
  undone: (handle: string) => string;
}

const WORDINGS: Record<AliasStatus, Wording> = {
  accepted: {
    title: "Other names of creators",
    none: "None yet. When a handle of a file may be a known creator under a new name, the page Import offers it there.",
    verb: "is",
    button: "Undo",
    undone: (handle) => `@${handle} is a name of its own again. What was taken meanwhile stays.`,
  },
  dismissed: {
    title: "Not the same creator",
    none: null,
    verb: "is not",
    button: "Offer again",
    undone: (handle) => `@${handle} may be offered again, on the page Import.`,
  },
};

/** The pairs that were decided so, each to be taken back. */
export function DecidedAliases({ status }: { status: AliasStatus }) {
  const client = useClient();
  const wording = WORDINGS[status];
  const aliases = useQuery(trpc.imports.aliases.queryOptions({ clientId: client.id, status }));
  const queryClient = useQueryClient();
  const undo = useMutation(
    trpc.imports.undoAlias.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.imports.pathFilter()),
      onSuccess: ({ kind }, { handle }) => announce(kind === "undone" ? wording.undone(handle) : otherwiseText(handle)),
    }),
  );
  const reason = client.reasonFor("imports:write") ?? (undo.isPending ? "The last one is being undone." : undefined);
  const rows = aliases.data ?? [];
  const isShown = wording.none !== null || rows.length > 0 || aliases.error !== null || undo.error !== null;
  if (!isShown) return null;
  return (
    <Panel title={wording.title} note={noteOf(rows.length)}>
      {undo.error === null ? null : <ErrorBanner error={undo.error} />}
      {aliases.error === null ? null : <ErrorBanner error={aliases.error} onRetry={() => void aliases.refetch()} />}
      {rows.length === 0 ? (
        <Dim>{wording.none}</Dim>
      ) : (
        <ul className={classes.aliases}>
          {rows.map((alias) => (
            <li key={`${alias.handle} ${alias.creator.userId}`} className={classes.alias}>
              <AliasText alias={alias} verb={wording.verb} />
              <ActionButton
                size="compact-sm"
                reason={reason}
                onClick={() =>
                  undo.mutate({ clientId: client.id, handle: alias.handle, userId: alias.creator.userId, status })
                }
              >
                {wording.button}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function noteOf(rows: number): string | undefined {
  if (rows === 0) return undefined;
  return rows < MOST_ALIASES ? formatCount(rows) : `the newest ${formatCount(rows)}`;
}

function AliasText({ alias, verb }: { alias: Alias; verb: string }) {
  return (
    <span>
      <b>@{alias.handle}</b> {verb} <CreatorLink creator={alias.creator} />{" "}
      <Dim>
        by {alias.byName}, <When at={alias.at} />
      </Dim>
    </span>
  );
}
