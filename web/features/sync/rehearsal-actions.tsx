import { IconRepeat, IconSquare } from "@tabler/icons-react";
import type { RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { useEndRehearsal } from "./use-rehearsal.ts";

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

interface Props {
  rehearsal: RehearsalDto;
  isStarting: boolean;
  onAgain: () => void;
}

/** While it is played, its end; afterwards once more, or in earnest. */
export function RehearsalActions({ rehearsal, isStarting, onAgain }: Props) {
  const client = useClient();
  const reason = client.reasonFor("sync:run");
  const end = useEndRehearsal();
  if (rehearsal.status === "running") {
    return (
      <ActionButton
        leftSection={<IconSquare {...icon} />}
        reason={reason}
        loading={end.isPending}
        onClick={() => end.mutate({ clientId: client.id, rehearsalId: rehearsal.id })}
      >
        End rehearsal
      </ActionButton>
    );
  }
  return (
    <>
      <ActionButton leftSection={<IconRepeat {...icon} />} reason={reason} loading={isStarting} onClick={onAgain}>
        Rehearse again
      </ActionButton>
      {rehearsal.importId === null ? (
        <RunSyncLink />
      ) : (
        <ButtonLink
          to="/c/$client/import/$importId"
          params={{ client: client.subdomain, importId: rehearsal.importId }}
        >
          Go to the file
        </ButtonLink>
      )}
    </>
  );
}
