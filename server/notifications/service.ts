/** Where news go: the channels of a client, and a test of one. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { readPublicUrl } from "../base/public-address.ts";
import { seal } from "../base/secret-box.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { ChannelCreated, ChannelCreateInput, ChannelKind, ChannelsDto, ChannelUpdateInput } from "./schema.ts";
import * as store from "./sql.ts";
import type { Telling } from "./telling.ts";

const MOST_CHANNELS = 20;

interface Doing {
  db: RootDb;
  actor: Actor;
  client: ClientId;
  telling: Telling;
  now: Date;
}

export async function listChannels(db: RootDb, client: ClientId, telling: Telling): Promise<ChannelsDto> {
  const channels = await inClient(db, client, (tx) => store.listChannels(tx, client));
  return { channels, canMail: telling.mail !== null };
}

/** Adds a channel; of a JSON channel the secret that signs is answered this once. */
export function createChannel(doing: Doing, input: ChannelCreateInput): Promise<ChannelCreated> {
  const { db, actor, client, telling, now } = doing;
  const { target, shown } = readTarget(input.kind, input.target, telling);
  const secret = input.kind === "json" ? `mst_${randomBytes(24).toString("base64url")}` : null;
  return inClient(db, client, async (tx) => {
    if ((await store.countChannels(tx, client)) >= MOST_CHANNELS) {
      throw new AppError("conflict", `A client has ${MOST_CHANNELS} channels at most; remove one first.`);
    }
    const { kind, name, events } = input;
    const id = await store.insertChannel(tx, client, {
      kind,
      name,
      events,
      shown,
      targetSealed: seal(telling.secretKey, target, client),
      secretSealed: secret === null ? null : seal(telling.secretKey, secret, client),
      byName: actor.name,
      now,
    });
    await record(tx, actor, client, {
      action: "channel.created",
      subject: { kind: "channel", id, name },
      after: { kind, target: shown, events },
    });
    return { channelId: id, secret };
  });
}

/** Changes name, events, switch and, when one is given, the address. */
export function updateChannel(doing: Doing, input: ChannelUpdateInput): Promise<{ channelId: string }> {
  const { db, actor, client, telling, now } = doing;
  return inClient(db, client, async (tx) => {
    const before = await held(tx, client, input.channelId);
    const { name, events, enabled } = input;
    const to = input.target === undefined ? null : readTarget(before.kind, input.target, telling);
    const targetSealed = to === null ? null : seal(telling.secretKey, to.target, client);
    const shown = to?.shown ?? before.shown;
    await store.updateChannel(tx, client, before.id, { name, events, enabled, targetSealed, shown, now });
    await record(tx, actor, client, {
      action: "channel.updated",
      subject: { kind: "channel", id: before.id, name },
      before: { name: before.name, target: before.shown, events: before.events, enabled: before.enabled },
      after: { name, target: shown, events, enabled },
    });
    return { channelId: before.id };
  });
}

/** Removes a channel; the log of what it was sent stays. */
export function deleteChannel(doing: Doing, channelId: string): Promise<{ channelId: string }> {
  const { db, actor, client, now } = doing;
  return inClient(db, client, async (tx) => {
    const { id, name, kind, shown } = await held(tx, client, channelId);
    await store.deleteChannel(tx, client, id, now);
    await record(tx, actor, client, {
      action: "channel.removed",
      subject: { kind: "channel", id, name },
      before: { kind, target: shown },
    });
    return { channelId: id };
  });
}

/** Sends a test to one channel, through the same outbox as everything else; answers the delivery to watch. */
export function testChannel(doing: Doing, channelId: string): Promise<{ deliveryId: string }> {
  const { db, actor, client, now } = doing;
  return inClient(db, client, async (tx) => {
    const { id, name } = await held(tx, client, channelId);
    const key = `test:${id}:${randomBytes(8).toString("hex")}`;
    const data = { byName: actor.name };
    const deliveryId = await store.insertEvent(tx, client, { type: "test", data, key, at: now, channel: id });
    await record(tx, actor, client, { action: "channel.tested", subject: { kind: "channel", id, name } });
    return { deliveryId: deliveryId! };
  });
}

async function held(tx: Db, client: ClientId, id: string): Promise<store.ChannelRow> {
  const channel = await store.holdChannel(tx, client, id);
  if (channel === null) throw notFound("This channel");
  return channel;
}

/** Checks where it goes and answers what may be shown of it. */
function readTarget(kind: ChannelKind, target: string, telling: Telling): { target: string; shown: string } {
  if (kind !== "email") {
    const url = readPublicUrl(target, { allowsPrivate: telling.allowsPrivate, field: "target" });
    return { target: url.href, shown: url.host };
  }
  if (telling.mail === null) {
    const refusal = "This installation sends no mail: MUSTER_SMTP_URL and MUSTER_MAIL_FROM are not set.";
    throw new AppError("bad_request", refusal, { field: "kind" });
  }
  if (!z.email().safeParse(target).success) {
    throw new AppError("bad_request", "A mail address such as ada@example.com.", { field: "target" });
  }
  return { target, shown: target };
}
