import { Select, Textarea } from "@mantine/core";
import { useState } from "react";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, fullDay } from "../../lib/dates.ts";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { MUTE_DAYS, muteEnd } from "./health-words.ts";
import { useForgetAll } from "./use-health.ts";

/** Asks why and for how long nobody wants to be told of a check. */
export function MuteDialog({ finding, onClose }: { finding: HealthFinding; onClose: () => void }) {
  const client = useClient();
  const forgetAll = useForgetAll();
  const [reason, setReason] = useState("");
  const [days, setDays] = useState<string>(MUTE_DAYS[1].value);
  const [opened] = useState(() => new Date());
  const until = muteEnd(opened, days);
  const mute = useMutation(
    trpc.health.mute.mutationOptions({
      onSuccess: async () => {
        await forgetAll();
        announce(`Muted “${finding.title}” until ${fullDay(dayOf(until, client.timezone))}.`);
        onClose();
      },
    }),
  );
  return (
    <WriteDialog
      title={`Mute “${finding.title}”`}
      onClose={onClose}
      confirm={`Mute until ${fullDay(dayOf(until, client.timezone))}`}
      onConfirm={() => mute.mutate({ clientId: client.id, code: finding.code, reason: reason.trim(), until })}
      reason={client.reasonFor("health:mute") ?? (reason.trim() === "" ? "Say why first." : undefined)}
      isBusy={mute.isPending}
      error={mute.error}
      note="It is checked all the same, and shown as muted."
    >
      <Textarea
        label="Reason"
        description="Whoever looks at this page reads it."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        withAsterisk
        data-autofocus
      />
      <Select
        label="For"
        data={MUTE_DAYS.map(({ value, label }) => ({ value, label }))}
        value={days}
        onChange={(next) => setDays(next ?? days)}
        allowDeselect={false}
      />
    </WriteDialog>
  );
}
