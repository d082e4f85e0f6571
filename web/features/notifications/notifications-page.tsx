import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ChannelDto, ChannelsDto } from "../../../server/notifications/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Columns, Page, Stack } from "../../ui/page.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";
import { ChannelsTable } from "./channels-table.tsx";
import type { ChannelAct } from "./channels-table.tsx";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { DigestPanel } from "./digest-panel.tsx";
import { useChannels, useNotificationsChanged } from "./use-notifications.ts";

type OpenDialog = "new" | { act: ChannelAct; channel: ChannelDto };

/** Who is told when a night goes wrong, how it went, and when the digest is sent. */
export function NotificationsPage() {
  const client = useClient();
  const channels = useChannels();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = () => setDialog(null);
  return (
    <Page
      title="Notifications"
      sentence={<Sentence channels={channels.data?.channels} />}
      actions={
        <ActionButton
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          reason={client.reasonFor("notifications:write")}
          onClick={() => setDialog("new")}
        >
          New channel…
        </ActionButton>
      }
    >
      <Columns side={360}>
        <Stack>
          <ChannelsTable onAct={(act, channel) => setDialog({ act, channel })} />
          <Stack gap={12}>
            <DeliveriesTable />
          </Stack>
        </Stack>
        <DigestPanel />
      </Columns>
      <Dialogs dialog={dialog} canMail={channels.data?.canMail ?? false} onClose={close} />
    </Page>
  );
}

function Sentence({ channels }: { channels: ChannelsDto["channels"] | undefined }) {
  if (channels === undefined) {
    return <>Who is told when a sync fails, is held, is missed or ends with warnings.</>;
  }
  const on = channels.filter((channel) => channel.enabled).length;
  return (
    <>
      <b>{countOf(on, "channel")}</b> {on === 1 ? "is" : "are"} told when a sync fails, is held, is missed or ends with
      warnings, as each asks.
    </>
  );
}

function Dialogs({ dialog, canMail, onClose }: { dialog: OpenDialog | null; canMail: boolean; onClose: () => void }) {
  if (dialog === null) {
    return null;
  }
  if (dialog === "new" || dialog.act === "edit") {
    const channel = dialog === "new" ? null : dialog.channel;
    return <ChannelDialog channel={channel} canMail={canMail} onClose={onClose} />;
  }
  return <RemoveDialog channel={dialog.channel} onClose={onClose} />;
}

function RemoveDialog({ channel, onClose }: { channel: ChannelDto; onClose: () => void }) {
  const client = useClient();
  const changed = useNotificationsChanged();
  const remove = useMutation(trpc.notifications.remove.mutationOptions({ onSettled: changed }));
  const confirm = async () => {
    await remove.mutateAsync({ clientId: client.id, channelId: channel.id });
    announce(`Removed ${channel.name}.`);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Remove ${channel.name}?`}
      confirm="Remove channel"
      destructive
      onConfirm={confirm}
    >
      It is told nothing any more, and what waits to be sent to it is given up. The log of what it was sent stays.
    </ConfirmDialog>
  );
}
