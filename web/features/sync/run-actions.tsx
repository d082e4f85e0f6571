import { IconSquare } from "@tabler/icons-react";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";

/** Cancel while it runs; afterwards the way to the next run. */
export function RunActions({ run, onCancel }: { run: RunDto; onCancel: () => void }) {
  const client = useClient();
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
