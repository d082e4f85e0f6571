import { useQueryClient } from "@tanstack/react-query";
import { keptWords } from "../../../server/sync/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { isLive } from "../../lib/runs.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { stepAt } from "./run-words.ts";

/** Asks before a run is cancelled: what is saved stays, the step in flight is rolled back. */
export function CancelDialog({ run, onClose }: { run: RunDto; onClose: () => void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.sync.cancel.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.sync.pathFilter()) }),
  );
  const confirm = async () => {
    const answer = await cancel.mutateAsync({ clientId: client.id, runId: run.id });
    announce(
      answer.kind === "cancelled"
        ? `Run ${run.number} was cancelled. ${answer.kept}`
        : `Run ${run.number} was over before it could be cancelled.`,
    );
  };
  const step = stepAt(run.steps);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Cancel run ${run.number}?`}
      confirm={`Cancel run ${run.number}`}
      destructive
      dismiss="Keep it running"
      onConfirm={confirm}
      reason={isLive(run.status) ? undefined : `Run ${run.number} is over.`}
      note="A later run does the rest."
    >
      {keptWords(run.steps)} {step === null ? "" : `Step ${step.position} is stopped where it is and rolled back. `}No
      later step is run.
    </ConfirmDialog>
  );
}
