import { permitted, router } from "../trpc/trpc.ts";
import { digestInput, digestSettingsInput } from "./schema.ts";
import { getDigest, getSettings, saveSettings } from "./service.ts";

export const digestRouter = router({
  get: permitted("sync:read")
    .input(digestInput)
    .query(({ ctx, input }) => getDigest(ctx.db, ctx.client, { day: input.day, now: ctx.now() })),
  settings: permitted("notifications:read").query(({ ctx }) => getSettings(ctx.db, ctx.client)),
  saveSettings: permitted("notifications:write")
    .input(digestSettingsInput)
    .mutation(({ ctx, input }) => saveSettings(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now() })),
});
