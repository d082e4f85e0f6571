import { Checkbox, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { channelKinds, eventTypes } from "../../../server/notifications/schema.ts";
import type { ChannelDto, ChannelKind, EventType } from "../../../server/notifications/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { Banner } from "../../ui/banner.tsx";
import { CopyAction } from "../../ui/copy.tsx";
import { Row, Stack } from "../../ui/page.tsx";
import { CodeText } from "../../ui/text.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { EVENT_WORDS, KIND_WORDS, TARGET_LABEL } from "./notification-words.ts";
import { useNotificationsChanged } from "./use-notifications.ts";

interface Props {
  /** null: a new one */
  channel: ChannelDto | null;
  canMail: boolean;
  onClose: () => void;
}

interface Values {
  kind: ChannelKind;
  name: string;
  target: string;
  events: EventType[];
  enabled: boolean;
}

/** Adds a channel or changes one. Its address is never shown again; a new one takes its place. */
export function ChannelDialog({ channel, canMail, onClose }: Props) {
  const [values, setValues] = useState<Values>(() => ({
    kind: channel?.kind ?? "slack",
    name: channel?.name ?? "",
    target: "",
    events: channel?.events ?? ["failed", "held", "missed"],
    enabled: channel?.enabled ?? true,
  }));
  const save = useSave(channel, values, onClose);
  const fields = channel === null ? ["kind", "name", "target"] : ["name", "target"];
  const set = (change: Partial<Values>) => {
    // What was refused is no longer what stands there.
    if (save.error !== null) save.forget();
    setValues((now) => ({ ...now, ...change }));
  };
  const isIncomplete = values.name.trim() === "" || (channel === null && values.target.trim() === "");
  return (
    <WriteDialog
      title={channel === null ? "New channel" : `Change ${channel.name}`}
      onClose={onClose}
      confirm={channel === null ? "Add channel" : "Save channel"}
      onConfirm={save.run}
      reason={isIncomplete ? "A name and an address first." : undefined}
      isBusy={save.isBusy}
      error={fields.some((field) => field in save.errors) ? null : save.error}
      done={save.secret === null ? undefined : <Secret secret={save.secret} />}
    >
      <Stack gap={12}>
        <Fields {...{ channel, canMail, values, set }} errors={save.errors} />
      </Stack>
    </WriteDialog>
  );
}

interface FieldProps {
  channel: ChannelDto | null;
  canMail: boolean;
  values: Values;
  set: (change: Partial<Values>) => void;
  errors: Record<string, string>;
}

function Fields({ channel, canMail, values, set, errors }: FieldProps) {
  return (
    <>
      {channel === null ? (
        <KindField kind={values.kind} error={errors["kind"]} canMail={canMail} onChange={(kind) => set({ kind })} />
      ) : null}
      <TextInput
        label="Name"
        description="For this list and the log"
        withAsterisk
        maxLength={100}
        data-autofocus
        value={values.name}
        error={errors["name"]}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={TARGET_LABEL[values.kind]}
        description={
          channel === null
            ? "Stored sealed; afterwards only its host is shown"
            : `Now ${channel.shown}. Left empty, it stays`
        }
        withAsterisk={channel === null}
        placeholder={values.kind === "email" ? "ada@example.com" : "https://"}
        spellCheck={false}
        autoComplete="off"
        value={values.target}
        error={errors["target"]}
        onChange={(event) => set({ target: event.currentTarget.value })}
      />
      <EventsField events={values.events} onChange={(events) => set({ events })} />
      {channel === null ? null : (
        <Switch
          label="On"
          checked={values.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

interface KindProps {
  kind: ChannelKind;
  error: string | undefined;
  canMail: boolean;
  onChange: (kind: ChannelKind) => void;
}

function KindField({ kind, error, canMail, onChange }: KindProps) {
  const data = channelKinds.map((value) => ({
    value,
    label: value === "email" && !canMail ? "E-mail (this installation sends none)" : KIND_WORDS[value],
    disabled: value === "email" && !canMail,
  }));
  return (
    <Select
      label="Kind"
      description={canMail ? undefined : "E-mail needs MUSTER_SMTP_URL and MUSTER_MAIL_FROM on the server"}
      data={data}
      value={kind}
      error={error}
      allowDeselect={false}
      onChange={(value) => onChange(channelKinds.find((one) => one === value) ?? kind)}
    />
  );
}

function EventsField({ events, onChange }: Pick<Values, "events"> & { onChange: (events: EventType[]) => void }) {
  return (
    <Checkbox.Group
      label="Tell it when"
      value={events}
      onChange={(chosen) => onChange(eventTypes.filter((type) => chosen.includes(type)))}
    >
      <Stack gap={8}>
        {eventTypes.map((type) => (
          <Checkbox key={type} value={type} label={EVENT_WORDS[type]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <Banner tone="done" title="Added. This is the secret that signs; it is shown this once.">
      <Row gap={8}>
        <CodeText>{secret}</CodeText>
        <CopyAction text={secret} label="Copy the secret" />
      </Row>
      The header X-Muster-Signature holds t, the seconds, and v1, the HMAC-SHA256 of “t.body” in hex; Idempotency-Key is
      the same on every attempt.
    </Banner>
  );
}

function useSave(channel: ChannelDto | null, values: Values, onClose: () => void) {
  const client = useClient();
  const changed = useNotificationsChanged();
  const [secret, setSecret] = useState<string | null>(null);
  const done = (made: string | null, words: string) => {
    if (made === null) {
      announce(words);
      onClose();
    } else {
      setSecret(made);
    }
  };
  const create = useMutation(trpc.notifications.create.mutationOptions({ onSettled: changed }));
  const update = useMutation(trpc.notifications.update.mutationOptions({ onSettled: changed }));
  const { kind, name, target, events, enabled } = values;
  const run = () => {
    if (channel === null) {
      const input = { clientId: client.id, kind, name, target, events };
      create.mutate(input, { onSuccess: (made) => done(made.secret, `Added ${name}.`) });
    } else {
      const to = target.trim() === "" ? {} : { target };
      const input = { clientId: client.id, channelId: channel.id, name, events, enabled, ...to };
      update.mutate(input, { onSuccess: () => done(null, `Saved ${name}.`) });
    }
  };
  const { error, reset: forget } = channel === null ? create : update;
  return { run, secret, error, errors: fieldErrors(error), forget, isBusy: create.isPending || update.isPending };
}
