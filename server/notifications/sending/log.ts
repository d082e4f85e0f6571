/** What was sent, attempt by attempt, and sending it once more. */
import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { textOf } from "../rules.ts";
import type { DeliveryDto, DeliveryListInput, DeliveryStatus, News } from "../schema.ts";
import type { DeliveryRow } from "./sql.ts";
import * as store from "./sql.ts";

/** A page of the client's deliveries, newest first, with what was told in words. */
export function listDeliveries(db: RootDb, client: ClientId, input: DeliveryListInput): Promise<Page<DeliveryDto>> {
  const { key, isBackward } = pageStart(input, ["instant", "uuid"]);
  return inClient(db, client, async (tx) => {
    const settings = await clientSettings(tx, client);
    const rows = await store.listDeliveries(tx, client, input, { key, isBackward });
    const page = toPage(rows, input, (row) => [row.key, row.id]);
    return { ...page, rows: page.rows.map((row) => toDelivery(row, settings)) };
  });
}

function toDelivery(row: DeliveryRow, client: { name: string; subdomain: string; timezone: string }): DeliveryDto {
  const { id, status, createdAt, nextAt } = row;
  const news = { type: row.type, data: row.data } as News;
  return {
    id,
    status,
    createdAt,
    nextAt,
    text: textOf({ news }, { client, publicUrl: null }),
    channel: { id: row.channelId, name: row.channelName, kind: row.kind, isDeleted: row.isDeleted },
    event: { id: row.eventId, type: row.type, at: row.at },
    attempts: (row.attempts ?? []).map((attempt) => ({ ...attempt, at: new Date(attempt.at) })),
  };
}

export function countDeliveries(db: RootDb, client: ClientId, status: DeliveryStatus | undefined): Promise<number> {
  return inClient(db, client, (tx) => store.countDeliveries(tx, client, status));
}

/** Sends an ended delivery once more, under the same idempotency key. */
export function redeliver(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { deliveryId, now }: { deliveryId: string; now: Date },
): Promise<{ deliveryId: string }> {
  return inClient(db, client, async (tx) => {
    const delivery = await store.findDelivery(tx, client, deliveryId);
    if (delivery === null) throw notFound("This delivery");
    if (!(await store.renew(tx, client, deliveryId, now))) {
      throw new AppError("conflict", delivery.isDeleted ? "Its channel was removed." : "It waits to be sent already.");
    }
    await record(tx, actor, client, {
      action: "notification.redelivered",
      subject: { kind: "delivery", id: deliveryId, name: delivery.channel },
    });
    return { deliveryId };
  });
}
