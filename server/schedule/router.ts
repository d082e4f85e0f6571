import { permitted, router } from "../trpc/trpc.ts";
import { startDue } from "./due/service.ts";
import { dueInput, pauseInput, previewInput, scheduleSaveInput } from "./schema.ts";
import { getCalendar, getSchedule, pauseSchedule, previewSchedule, resumeSchedule, saveSchedule } from "./service.ts";

export const scheduleRouter = router({
  get: permitted("schedule:read").query(({ ctx }) =>
    getSchedule(ctx.db, ctx.client, { inboxDir: ctx.inboxDir, now: ctx.now() }),
  ),
  calendar: permitted("schedule:read").query(({ ctx }) => getCalendar(ctx.db, ctx.client, ctx.now())),
  preview: permitted("schedule:read")
    .input(previewInput)
    .query(({ ctx, input }) => previewSchedule(input, ctx.now())),
  save: permitted("schedule:write")
    .input(scheduleSaveInput)
    .mutation(({ ctx, input }) => saveSchedule(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now() })),
  pause: permitted("schedule:write")
    .input(pauseInput)
    .mutation(({ ctx, input }) =>
      pauseSchedule(ctx.db, ctx.actor, ctx.client, { reason: input.reason, untilDay: input.untilDay, now: ctx.now() }),
    ),
  resume: permitted("schedule:write").mutation(({ ctx }) => resumeSchedule(ctx.db, ctx.actor, ctx.client, ctx.now())),
  /** For the scheduler alone: claims a due time and starts its run. */
  startDue: permitted("sync:run")
    .input(dueInput)
    .mutation(({ ctx, input }) => startDue(ctx.db, ctx.actor, ctx.client, { dueAt: input.dueAt, now: ctx.now() })),
});
