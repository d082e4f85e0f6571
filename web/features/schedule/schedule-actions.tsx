import { IconPencil, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { useScheduleChanged } from "./use-schedule.ts";

export type ScheduleAct = "edit" | "pause";

interface Props {
  schedule: ScheduleDto | undefined;
  onAct: (act: ScheduleAct) => void;
}

/** What can be done to the schedule: change it, pause or resume it, run now. */
export function ScheduleActions({ schedule, onAct }: Props) {
  const client = useClient();
  const reason =
    client.reasonFor("schedule:write") ?? (schedule === undefined ? "There is no schedule to change yet." : undefined);
  const rests = schedule !== undefined && (schedule.pause !== null || !schedule.enabled);
  return (
    <>
      <ActionButton
        leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
        reason={reason}
        onClick={() => onAct("edit")}
      >
        Edit…
      </ActionButton>
      {rests ? null : (
        <ActionButton
          leftSection={<IconPlayerPause size={16} stroke={1.75} aria-hidden />}
          reason={reason}
          onClick={() => onAct("pause")}
        >
          Pause…
        </ActionButton>
      )}
      <RunSyncLink label="Run now…" filled />
    </>
  );
}

/** Ends a pause, or switches the schedule on again. */
export function ResumeButton() {
  const client = useClient();
  const changed = useScheduleChanged();
  const resume = useMutation(
    trpc.schedule.resume.mutationOptions({
      onSettled: changed,
      onSuccess: () => announce("Resumed. The schedule runs again."),
    }),
  );
  return (
    <ActionButton
      size="xs"
      leftSection={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("schedule:write") ?? (resume.isError ? "That failed; load the page again." : undefined)}
      loading={resume.isPending}
      onClick={() => resume.mutate({ clientId: client.id })}
    >
      Resume
    </ActionButton>
  );
}
