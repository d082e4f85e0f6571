import { permitted, router } from "../trpc/trpc.ts";
import { fixApplyInput, fixPreviewInput } from "./fixes/schema.ts";
import { applyFix, previewFix } from "./fixes/service.ts";
import { muteInput, unmuteInput } from "./mutes/schema.ts";
import { muteCheck, unmuteCheck } from "./mutes/service.ts";
import { recordCount, recordPage } from "./records/service.ts";
import { findingFilters, recordListInput } from "./schema.ts";
import { checkNow, readHealth } from "./service.ts";

export const healthRouter = router({
  checks: permitted("health:read").query(({ ctx }) => readHealth(ctx.db, ctx.client, { now: ctx.now(), log: ctx.log })),
  checkNow: permitted("health:read").mutation(({ ctx }) =>
    checkNow(ctx.db, ctx.client, { now: ctx.now(), log: ctx.log }),
  ),
  list: permitted("health:read")
    .input(recordListInput)
    .query(({ ctx, input }) => recordPage(ctx.db, ctx.client, input, ctx.now())),
  count: permitted("health:read")
    .input(findingFilters)
    .query(({ ctx, input }) => recordCount(ctx.db, ctx.client, input.code, ctx.now())),
  previewFix: permitted("health:fix")
    .input(fixPreviewInput)
    .query(({ ctx, input }) => previewFix(ctx.db, { ...ctx, now: ctx.now() }, input)),
  applyFix: permitted("health:fix")
    .input(fixApplyInput)
    .mutation(({ ctx, input }) => applyFix(ctx.db, { ...ctx, now: ctx.now() }, input)),
  mute: permitted("health:mute")
    .input(muteInput)
    .mutation(({ ctx, input }) => muteCheck(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  unmute: permitted("health:mute")
    .input(unmuteInput)
    .mutation(({ ctx, input }) => unmuteCheck(ctx.db, ctx.actor, ctx.client, input.code, ctx.now())),
});
