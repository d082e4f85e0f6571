import { Radio, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ScheduleDto, SchedulePreview } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FieldPair } from "../../ui/form.tsx";
import { Stack } from "../../ui/page.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { NextRuns } from "./next-runs.tsx";
import { scheduleWords } from "./schedule-words.ts";
import { namedTimezone, TimezoneField } from "./timezone-field.tsx";
import { useScheduleChanged } from "./use-schedule.ts";

/** Changes when the sync runs, and shows what that means while it is typed. */
export function ScheduleDialog({ schedule, onClose }: { schedule: ScheduleDto; onClose: () => void }) {
  const client = useClient();
  const changed = useScheduleChanged();
  const [values, setValues] = useState({
    cron: schedule.cron,
    timezone: schedule.timezone,
    missedPolicy: schedule.missedPolicy,
  });
  const timezone = namedTimezone(values.timezone);
  const preview = usePreview(values.cron.trim(), timezone);
  const save = useMutation(trpc.schedule.save.mutationOptions({ onSettled: changed }));
  const set = (change: Partial<typeof values>) => setValues((now) => ({ ...now, ...change }));
  const confirm = async () => {
    await save.mutateAsync({ clientId: client.id, ...values, timezone: timezone ?? values.timezone });
    announce("Saved. The schedule counts from now on.");
  };
  const refusal = preview?.kind === "refused" ? preview.message : undefined;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Edit the schedule"
      confirm="Save schedule"
      onConfirm={confirm}
      reason={refusal ?? reasonToWait(timezone, preview)}
      note="Past nights stay judged by the schedule they had."
      width={680}
    >
      <Stack>
        <FieldPair>
          <TextInput
            label="Cron expression"
            description="Minute, hour, day, month, weekday"
            value={values.cron}
            error={refusal}
            spellCheck={false}
            data-autofocus
            onChange={(event) => set({ cron: event.currentTarget.value })}
          />
          <TimezoneField value={values.timezone} onChange={(text) => set({ timezone: text })} />
        </FieldPair>
        <MissedPolicy value={values.missedPolicy} onChange={(missedPolicy) => set({ missedPolicy })} />
        <Meaning preview={preview} timezone={timezone} />
      </Stack>
    </ConfirmDialog>
  );
}

function reasonToWait(timezone: string | null, preview: SchedulePreview | undefined): string | undefined {
  if (timezone === null) {
    return "Give a time zone first.";
  }
  return preview === undefined ? "The next runs are still being worked out." : undefined;
}

/** The last answer stays while the next is worked out, so that nothing jumps. */
function usePreview(cron: string, timezone: string | null): SchedulePreview | undefined {
  const client = useClient();
  const [asked] = useDebouncedValue(cron, 200);
  const input = { clientId: client.id, cron: asked, timezone: timezone ?? "" };
  const enabled = asked !== "" && timezone !== null;
  const { data } = useQuery(trpc.schedule.preview.queryOptions(input, { enabled, placeholderData: keepPreviousData }));
  return cron === "" ? { kind: "refused", message: "Five fields, such as 0 4 * * *." } : data;
}

type Policy = ScheduleDto["missedPolicy"];

function MissedPolicy({ value, onChange }: { value: Policy; onChange: (policy: Policy) => void }) {
  return (
    <Radio.Group label="A missed run" value={value} onChange={(chosen) => onChange(chosen === "skip" ? "skip" : "run")}>
      <Stack gap={8}>
        <Radio value="run" label="Is run once as soon as possible, however many were missed" />
        <Radio value="skip" label="Is left out; the next due time runs" />
      </Stack>
    </Radio.Group>
  );
}

function Meaning({ preview, timezone }: { preview: SchedulePreview | undefined; timezone: string | null }) {
  if (timezone === null || preview === undefined || preview.kind === "refused") {
    return <SkeletonBlock height={264} />;
  }
  const { words, next, clockChanges } = preview;
  return <NextRuns title={scheduleWords(words, timezone)} schedule={{ next, clockChanges, timezone }} />;
}
