import { IconSend } from "@tabler/icons-react";
import type { DeliveryDto } from "../../../server/notifications/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Facts } from "../../ui/facts.tsx";
import { StatusText } from "../../ui/status.tsx";
import { CodeText, Dim, Duration, When } from "../../ui/text.tsx";
import { attemptText, EVENT_SHORT, statusOf } from "./notification-words.ts";
import classes from "./notifications.module.css";
import { useNotificationsChanged } from "./use-notifications.ts";

interface Props {
  delivery: DeliveryDto | undefined;
  onClose: () => void;
}

/** One delivery: what was told, every attempt with its answer, and sending it once more. */
export function DeliveryDrawer({ delivery, onClose }: Props) {
  if (delivery === undefined) {
    return null;
  }
  const { channel, event, text, nextAt, attempts } = delivery;
  const { status, word } = statusOf(delivery);
  return (
    <Drawer opened onClose={onClose} title={`To ${channel.name}`}>
      <DrawerSection>
        <p className={classes.text}>{text}</p>
      </DrawerSection>
      <DrawerSection>
        <Facts
          facts={[
            { term: "State", value: <StatusText status={status}>{word}</StatusText> },
            ...(nextAt === null ? [] : [{ term: "Next attempt", value: <When at={nextAt} as="relative" /> }]),
            { term: "Kind of news", value: EVENT_SHORT[event.type] },
            { term: "Happened", value: <When at={event.at} /> },
            { term: "Idempotency key", value: <CodeText>{event.id}</CodeText> },
          ]}
        />
      </DrawerSection>
      <DrawerSection title="Attempts">
        {attempts.length === 0 ? <Dim>None yet; it goes out within seconds while a worker runs.</Dim> : null}
        <Facts
          facts={attempts.map((attempt) => ({
            term: `${attempt.number}`,
            value: (
              <>
                {attemptText(attempt)}{" "}
                <Dim>
                  <When at={attempt.at} as="seconds" />, <Duration milliseconds={attempt.milliseconds} />
                </Dim>
              </>
            ),
          }))}
        />
        <Again delivery={delivery} />
      </DrawerSection>
    </Drawer>
  );
}

function Again({ delivery }: { delivery: DeliveryDto }) {
  const client = useClient();
  const changed = useNotificationsChanged();
  const send = useMutation(trpc.notifications.redeliver.mutationOptions({ onSettled: changed }));
  const reason =
    client.reasonFor("notifications:write") ??
    (delivery.channel.isDeleted ? "Its channel was removed." : undefined) ??
    (delivery.status === "pending" ? "It waits to be sent already." : undefined);
  return (
    <div className={classes.again}>
      {send.isError ? <ErrorBanner error={send.error} /> : null}
      <ActionButton
        leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
        reason={reason}
        loading={send.isPending}
        onClick={() => send.mutate({ clientId: client.id, deliveryId: delivery.id })}
      >
        Send once more
      </ActionButton>
    </div>
  );
}
