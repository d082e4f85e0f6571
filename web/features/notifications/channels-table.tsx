import { IconPencil, IconSend, IconTrash } from "@tabler/icons-react";
import type { ChannelDto } from "../../../server/notifications/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { IconAction } from "../../ui/action-button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusText } from "../../ui/status.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { When } from "../../ui/text.tsx";
import { eventsText, KIND_WORDS } from "./notification-words.ts";
import { useChannels, useNotificationsChanged } from "./use-notifications.ts";

export type ChannelAct = "edit" | "remove";
type OnAct = (act: ChannelAct, channel: ChannelDto) => void;

/** Where news go, what each place asks for, and how the last delivery went. */
export function ChannelsTable({ onAct }: { onAct: OnAct }) {
  const channels = useChannels();
  const actions = (channel: ChannelDto) => <ChannelActions channel={channel} onAct={onAct} />;
  const card = (channel: ChannelDto) => <ChannelCard channel={channel} onAct={onAct} />;
  return (
    <Panel flush title="Channels">
      <DataTable
        bare
        label="Channels"
        columns={columns}
        rows={channels.data?.channels}
        rowKey={(channel) => channel.id}
        rowHeight={40}
        skeletonRows={2}
        actions={actions}
        card={card}
        error={channels.error}
        onRetry={() => void channels.refetch()}
        empty={
          <EmptyState title="Nobody is told anything yet">
            A failed, held or missed sync shows in the console alone. A channel tells people where they are.
          </EmptyState>
        }
      />
    </Panel>
  );
}

const columns: Column<ChannelDto>[] = [
  {
    id: "name",
    header: "Name",
    cell: (channel) => <TwoLines second={`${KIND_WORDS[channel.kind]}, ${channel.shown}`}>{channel.name}</TwoLines>,
  },
  { id: "events", header: "Is told of", cell: (channel) => eventsText(channel.events) },
  { id: "last", header: "Last delivery", cell: (channel) => <Last channel={channel} /> },
];

function Last({ channel: { last, enabled } }: { channel: ChannelDto }) {
  if (!enabled) {
    return <StatusText status="paused">Off</StatusText>;
  }
  if (last === null) {
    return <StatusText status="note">None yet</StatusText>;
  }
  return (
    <StatusText status={last.status === "delivered" ? "done" : "failed"}>
      {last.status === "delivered" ? "Delivered" : "Failed"} <When at={last.at} />
    </StatusText>
  );
}

function ChannelActions({ channel, onAct }: { channel: ChannelDto; onAct: OnAct }) {
  const client = useClient();
  const changed = useNotificationsChanged();
  const test = useMutation(
    trpc.notifications.test.mutationOptions({
      onSettled: changed,
      onSuccess: () => announce(`A test is on its way to ${channel.name}; the log below tells whether it arrives.`),
    }),
  );
  const reason = client.reasonFor("notifications:write");
  return (
    <>
      <IconAction
        label={`Send a test to ${channel.name}`}
        reason={reason ?? (test.isError ? "That failed; load the page again." : undefined)}
        onClick={() => test.mutate({ clientId: client.id, channelId: channel.id })}
      >
        <IconSend size={16} stroke={1.75} />
      </IconAction>
      <IconAction label={`Change ${channel.name}`} reason={reason} onClick={() => onAct("edit", channel)}>
        <IconPencil size={16} stroke={1.75} />
      </IconAction>
      <IconAction label={`Remove ${channel.name}`} reason={reason} onClick={() => onAct("remove", channel)}>
        <IconTrash size={16} stroke={1.75} />
      </IconAction>
    </>
  );
}

function ChannelCard({ channel, onAct }: { channel: ChannelDto; onAct: OnAct }) {
  return (
    <ListCard
      title={channel.name}
      end={<Last channel={channel} />}
      facts={[`${KIND_WORDS[channel.kind]}, ${channel.shown}`, `told of ${eventsText(channel.events)}`]}
      actions={<ChannelActions channel={channel} onAct={onAct} />}
    />
  );
}
