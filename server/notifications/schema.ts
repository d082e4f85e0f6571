import { z } from "zod";
import { pageInput } from "../base/paging.ts";

/** What can be told. `missed` is also a due time that a held or running run kept from running. */
export const eventTypes = ["failed", "held", "missed", "warnings", "digest"] as const;
export type EventType = (typeof eventTypes)[number];

/** `json`: signed JSON to any address; `slack`: text as Slack and those like it take it; `email`: by SMTP, where that is set up. */
export const channelKinds = ["json", "slack", "email"] as const;
export type ChannelKind = (typeof channelKinds)[number];

const name = z.string().trim().min(1).max(100);
const events = z.array(z.enum(eventTypes)).max(eventTypes.length);
export const channelCreateInput = z.object({
  kind: z.enum(channelKinds),
  name,
  /** an https address, or a mail address */
  target: z.string().trim().min(1).max(2000),
  events,
});
export type ChannelCreateInput = z.infer<typeof channelCreateInput>;
/** Without `target` the address stays as it is: it cannot be read back. */
export const channelUpdateInput = z.object({
  channelId: z.guid(),
  name,
  target: z.string().trim().min(1).max(2000).optional(),
  events,
  enabled: z.boolean(),
});
export type ChannelUpdateInput = z.infer<typeof channelUpdateInput>;
export const channelInput = z.object({ channelId: z.guid() });
export const deliveryInput = z.object({ deliveryId: z.guid() });
export const deliveryStatuses = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];
export const deliveryFilters = z.object({ status: z.enum(deliveryStatuses).optional() });
export const deliveryListInput = pageInput.extend(deliveryFilters.shape);
export type DeliveryListInput = z.infer<typeof deliveryListInput>;

export interface ChannelDto {
  id: string;
  kind: ChannelKind;
  name: string;
  /** the host, or the mail address; the rest of an address is a secret */
  shown: string;
  events: EventType[];
  enabled: boolean;
  byName: string;
  createdAt: Date;
  /** the last delivery that ended */
  last: { status: DeliveryStatus; at: Date } | null;
}

/** `secret` signs what is sent as JSON; it is told this once. */
export interface ChannelCreated {
  channelId: string;
  secret: string | null;
}

export interface ChannelsDto {
  channels: ChannelDto[];
  /** whether this installation can send mail (MUSTER_SMTP_URL) */
  canMail: boolean;
}

export interface AttemptDto {
  number: number;
  at: Date;
  milliseconds: number;
  statusCode: number | null;
  error: string | null;
}

export interface DeliveryDto {
  id: string;
  channel: { id: string; name: string; kind: ChannelKind; isDeleted: boolean };
  event: { id: string; type: EventType | "test"; at: Date };
  /** what was told, in words */
  text: string;
  status: DeliveryStatus;
  /** of a pending one that has been tried: when it is tried again */
  nextAt: Date | null;
  createdAt: Date;
  attempts: AttemptDto[];
}

/** What is told of a run. */
export interface RunNews {
  runId: string;
  number: number;
  source: string;
  startedAt: string | null;
  scheduledFor: string | null;
  error: { code: string; message: string } | null;
  warnings: number;
}

/** What is told of due times that passed without their run. */
export interface MissedNews {
  dueAt: string[];
  reason: string;
  run: { number: number } | null;
}

/** The morning's digest: its sentences are made where the changes are read. */
export interface DigestNews {
  day: string;
  title: string;
  lines: string[];
}

export type News =
  | { type: "failed" | "held" | "warnings"; data: RunNews }
  | { type: "missed"; data: MissedNews }
  | { type: "digest"; data: DigestNews }
  | { type: "test"; data: { byName: string } };
