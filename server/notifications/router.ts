import { permitted, router } from "../trpc/trpc.ts";
import {
  channelCreateInput,
  channelInput,
  channelUpdateInput,
  deliveryFilters,
  deliveryInput,
  deliveryListInput,
} from "./schema.ts";
import { countDeliveries, listDeliveries, redeliver } from "./sending/log.ts";
import { createChannel, deleteChannel, listChannels, testChannel, updateChannel } from "./service.ts";

const owners = permitted("notifications:write").use(({ ctx, next }) => {
  const { db, actor, client, telling } = ctx;
  return next({ ctx: { doing: { db, actor, client, telling, now: ctx.now() } } });
});

export const notificationsRouter = router({
  channels: permitted("notifications:read").query(({ ctx }) => listChannels(ctx.db, ctx.client, ctx.telling)),
  create: owners.input(channelCreateInput).mutation(({ ctx, input }) => createChannel(ctx.doing, input)),
  update: owners.input(channelUpdateInput).mutation(({ ctx, input }) => updateChannel(ctx.doing, input)),
  test: owners.input(channelInput).mutation(({ ctx, input }) => testChannel(ctx.doing, input.channelId)),
  deliveries: permitted("notifications:read")
    .input(deliveryListInput)
    .query(({ ctx, input }) => listDeliveries(ctx.db, ctx.client, input)),
  deliveryCount: permitted("notifications:read")
    .input(deliveryFilters)
    .query(({ ctx, input }) => countDeliveries(ctx.db, ctx.client, input.status)),
  redeliver: owners
    .input(deliveryInput)
    .mutation(({ ctx, input }) =>
      redeliver(ctx.db, ctx.actor, ctx.client, { deliveryId: input.deliveryId, now: ctx.now() }),
    ),
  remove: owners.input(channelInput).mutation(({ ctx, input }) => deleteChannel(ctx.doing, input.channelId)),
});
