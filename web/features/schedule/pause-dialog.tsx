import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, timezoneName } from "../../lib/dates.ts";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Stack } from "../../ui/page.tsx";
import { useScheduleChanged } from "./use-schedule.ts";

/** Lets nothing run by itself for a while, with the reason that everybody then reads. */
export function PauseDialog({ schedule, onClose }: { schedule: ScheduleDto; onClose: () => void }) {
  const client = useClient();
  const changed = useScheduleChanged();
  const [reason, setReason] = useState(schedule.pause?.reason ?? "");
  const [untilDay, setUntilDay] = useState("");
  const pause = useMutation(trpc.schedule.pause.mutationOptions({ onSettled: changed }));
  const errors = fieldErrors(pause.error);
  const confirm = async () => {
    await pause.mutateAsync({ clientId: client.id, reason, untilDay: untilDay === "" ? null : untilDay });
    announce(`Paused. Nothing runs by itself until ${untilDay === "" ? "somebody resumes" : "then"}.`);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Pause the schedule"
      confirm="Pause"
      onConfirm={confirm}
      reason={reason.trim() === "" ? "Say why first." : undefined}
      note="Runs by hand go on working. The calendar shows each night that is left out."
    >
      <Stack gap={12}>
        <Textarea
          label="Reason"
          description="Whoever wonders why nothing runs reads this"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={500}
          withAsterisk
          data-autofocus
          value={reason}
          error={errors["reason"]}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="Runs again from"
          description={`The first day that runs, by the clock of ${timezoneName(schedule.timezone)}. Left empty: until somebody resumes`}
          min={dayOf(new Date(), schedule.timezone)}
          value={untilDay}
          error={errors["untilDay"]}
          onChange={(event) => setUntilDay(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
