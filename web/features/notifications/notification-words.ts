import type { ChannelKind, DeliveryDto, DeliveryStatus, EventType } from "../../../server/notifications/schema.ts";
import type { StatusName } from "../../ui/status.tsx";

export const EVENT_WORDS: Record<EventType, string> = {
  failed: "A sync failed",
  held: "A sync is held",
  missed: "A sync was missed",
  warnings: "A sync ended with warnings",
  digest: "Morning digest",
};

/** Short, for lists: "failed, held". */
export const EVENT_SHORT: Record<EventType | "test", string> = {
  failed: "failed",
  held: "held",
  missed: "missed",
  warnings: "warnings",
  digest: "digest",
  test: "test",
};

export const KIND_WORDS: Record<ChannelKind, string> = {
  json: "Signed JSON",
  slack: "Slack or the like",
  email: "E-mail",
};

export const TARGET_LABEL: Record<ChannelKind, string> = {
  json: "Address that takes the JSON",
  slack: "Webhook address",
  email: "Mail address",
};

const STATUS: Record<DeliveryStatus, StatusName> = { pending: "waiting", delivered: "done", failed: "failed" };

/** The status that stands for a delivery's, and its word. */
export function statusOf({ status, attempts }: Pick<DeliveryDto, "status" | "attempts">): {
  status: StatusName;
  word: string;
} {
  if (status === "pending") {
    return { status: STATUS[status], word: attempts.length === 0 ? "Waiting" : "Tried, tries again" };
  }
  return { status: STATUS[status], word: status === "delivered" ? "Delivered" : "Failed" };
}

/** What a channel is told: "failed, held, missed", or that it is told nothing. */
export function eventsText(events: readonly EventType[]): string {
  return events.length === 0 ? "nothing" : events.map((event) => EVENT_SHORT[event]).join(", ");
}

/** How one attempt ended: "503", "no answer". */
export function attemptText({ statusCode, error }: { statusCode: number | null; error: string | null }): string {
  const status = statusCode === null ? "no answer" : String(statusCode);
  return error === null ? status : `${status}: ${error}`;
}
