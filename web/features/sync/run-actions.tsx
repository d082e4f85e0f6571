import { IconPlayerTrackNext, IconSquare, IconTrash } from "@tabler/icons-react";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import type { Decision } from "./decide-dialog.tsx";

interface Props {
  run: RunDto;
  onCancel: () => void;
  onDecide: (decision: Decision) => void;
}

/** Cancel while it runs, release or discard while it is held; afterwards the way to the next run. */
export function RunActions({ run, onCancel, onDecide }: Props) {
  const client = useClient();
  if (run.status === "held") {
    return <DecideButtons onDecide={onDecide} />;
  }
  if (!isLive(run.status)) {
    return <RunSyncLink label="New run…" />;
  }
  return (
    <ActionButton
      leftSection={<IconSquare size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("sync:run")}
      onClick={onCancel}
    >
      Cancel run…
    </ActionButton>
  );
}

function DecideButtons({ onDecide }: Pick<Props, "onDecide">) {
  const client = useClient();
  const reason = client.reasonFor("sync:release");
  return (
    <>
      <ActionButton
        leftSection={<IconTrash size={16} stroke={1.75} aria-hidden />}
        reason={reason}
        onClick={() => onDecide("discard")}
      >
        Discard…
      </ActionButton>
      <ActionButton
        variant="filled"
        leftSection={<IconPlayerTrackNext size={16} stroke={1.75} aria-hidden />}
        reason={reason}
        onClick={() => onDecide("release")}
      >
        Release…
      </ActionButton>
    </>
  );
}
