import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { LeaseDto, RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner } from "../../ui/banner.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { When } from "../../ui/text.tsx";

/** Who works on a running run, since when, and its last sign of life; an owner may take it out of those hands. */
export function LeaseLine({ run, lease }: { run: RunDto; lease: LeaseDto }) {
  const client = useClient();
  const [isReleasing, setReleasing] = useState(false);
  return (
    <>
      <Banner
        tone={lease.isSilent ? "held" : "quiet"}
        title={lease.isSilent ? "No sign of life." : `${lease.holder} works on it`}
        actions={
          <ActionButton size="xs" reason={client.reasonFor("sync:release")} onClick={() => setReleasing(true)}>
            Release…
          </ActionButton>
        }
      >
        {lease.isSilent ? `${lease.holder} has it ` : ""}since <When at={lease.since} as="seconds" />; last sign of life{" "}
        <When at={lease.heartbeatAt} as="relative" />.{" "}
        {lease.isSilent ? "Another process takes over by itself within seconds." : ""}
      </Banner>
      {isReleasing ? <ReleaseDialog run={run} lease={lease} onClose={() => setReleasing(false)} /> : null}
    </>
  );
}

function ReleaseDialog({ run, lease, onClose }: { run: RunDto; lease: LeaseDto; onClose: () => void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const release = useMutation(
    trpc.sync.release.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.sync.pathFilter()) }),
  );
  const confirm = async () => {
    const answer = await release.mutateAsync({ clientId: client.id, runId: run.id });
    announce(
      answer.kind === "released"
        ? `Run ${run.number} waits for its next process.`
        : `Nobody had run ${run.number} any more.`,
    );
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Release run ${run.number}?`}
      confirm={`Release run ${run.number}`}
      dismiss="Leave it"
      onConfirm={confirm}
      note="This stands in the audit log."
    >
      {lease.holder} loses the run. What its present step has written is rolled back, and another process goes on with
      that step. For a run that stands still: one that only takes long would begin its step anew.
    </ConfirmDialog>
  );
}
