import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { digestModes } from "../../../server/digest/schema.ts";
import type { DigestMode, DigestSettings } from "../../../server/digest/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { timezoneName } from "../../lib/dates.ts";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Dim } from "../../ui/text.tsx";
import classes from "./notifications.module.css";
import { useNotificationsChanged } from "./use-notifications.ts";

const MODES: Record<DigestMode, string> = {
  off: "Not sent; its page has it",
  after_run: "After the scheduled run",
  at_hour: "Every day at an hour",
};

/** When the morning digest goes to the channels that ask for it. */
export function DigestPanel() {
  const client = useClient();
  const settings = useQuery(trpc.digest.settings.queryOptions({ clientId: client.id }));
  return (
    <Panel
      title="Morning digest"
      aside={
        <TextLink to="/c/$client/digest" params={{ client: client.subdomain }}>
          Read today's
        </TextLink>
      }
    >
      {settings.data !== undefined ? (
        <Form key={`${settings.data.mode} ${settings.data.hour}`} saved={settings.data} />
      ) : settings.isError ? (
        <ErrorBanner error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <SkeletonBlock height={140} />
      )}
    </Panel>
  );
}

function Form({ saved }: { saved: DigestSettings }) {
  const client = useClient();
  const changed = useNotificationsChanged();
  const [values, setValues] = useState(saved);
  const save = useMutation(
    trpc.digest.saveSettings.mutationOptions({
      onSettled: changed,
      onSuccess: () => announce("Saved. The digest begins with what comes after now."),
    }),
  );
  const reason = client.reasonFor("notifications:write");
  const isSame = values.mode === saved.mode && values.hour === saved.hour;
  return (
    <div className={classes.digest}>
      {save.isError ? <ErrorBanner error={save.error} /> : null}
      <Select
        label="Sent"
        data={digestModes.map((value) => ({ value, label: MODES[value] }))}
        value={values.mode}
        allowDeselect={false}
        readOnly={reason !== undefined}
        onChange={(mode) => setValues((now) => ({ ...now, mode: digestModes.find((one) => one === mode) ?? now.mode }))}
      />
      {values.mode === "at_hour" ? (
        <Select
          label={`From, by the clock of ${timezoneName(client.timezone)}`}
          data={Array.from({ length: 24 }, (_, hour) => ({
            value: String(hour),
            label: `${String(hour).padStart(2, "0")}:00`,
          }))}
          value={String(values.hour)}
          allowDeselect={false}
          readOnly={reason !== undefined}
          onChange={(hour) => setValues((now) => ({ ...now, hour: Number(hour ?? now.hour) }))}
        />
      ) : null}
      <Dim>It names who was promoted, demoted, created, who completed what, and what was earned.</Dim>
      <ActionButton
        reason={reason ?? (isSame ? "Nothing was changed." : undefined)}
        loading={save.isPending}
        onClick={() => save.mutate({ clientId: client.id, ...values })}
      >
        Save
      </ActionButton>
    </div>
  );
}
