import { permitted, router } from "../trpc/trpc.ts";
import { dueInput } from "./schema.ts";
import { getSchedule, startDue } from "./service.ts";

export const scheduleRouter = router({
  get: permitted("schedule:read").query(({ ctx }) =>
    getSchedule(ctx.db, ctx.client, { inboxDir: ctx.inboxDir, now: ctx.now() }),
  ),
  /** For the scheduler alone: claims a due time and starts its run. */
  startDue: permitted("sync:run")
    .input(dueInput)
    .mutation(({ ctx, input }) => startDue(ctx.db, ctx.actor, ctx.client, { dueAt: input.dueAt, now: ctx.now() })),
});
