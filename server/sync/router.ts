import { getTRPCErrorFromUnknown, tracked } from "@trpc/server";
import { authorise } from "../access/authorise.ts";
import { AppError } from "../base/errors.ts";
import { toTRPCError } from "../trpc/errors.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { releaseSync, retrySync } from "./attempts/service.ts";
import { countRuns, getRun, getRunByNumber, listRuns } from "./history/service.ts";
import { followRun } from "./progress.ts";
import {
  progressInput,
  runByNumberInput,
  runFilters,
  runInput,
  runListInput,
  syncRetryInput,
  syncStartInput,
} from "./schema.ts";
import { cancelSync, startSync } from "./service.ts";

/** The browser sends back what `tracked` gave it; anything else starts from the first event. */
function eventNumber(id: string | null | undefined): number {
  return id != null && /^\d{1,9}$/.test(id) ? Number(id) : 0;
}

export const syncRouter = router({
  start: permitted("sync:run")
    .input(syncStartInput)
    .mutation(({ ctx, input }) => startSync(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  cancel: permitted("sync:run")
    .input(runInput)
    .mutation(({ ctx, input }) => cancelSync(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  retry: permitted("sync:run")
    .input(syncRetryInput)
    .mutation(({ ctx, input }) => retrySync(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  release: permitted("sync:release")
    .input(runInput)
    .mutation(({ ctx, input }) => releaseSync(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  list: permitted("sync:read")
    .input(runListInput)
    .query(({ ctx, input }) => listRuns(ctx.db, ctx.client, input)),
  count: permitted("sync:read")
    .input(runFilters)
    .query(({ ctx, input }) => countRuns(ctx.db, ctx.client, input.status)),
  get: permitted("sync:read")
    .input(runInput)
    .query(({ ctx, input }) => getRun(ctx.db, ctx.client, input.runId)),
  getByNumber: permitted("sync:read")
    .input(runByNumberInput)
    .query(({ ctx, input }) => getRunByNumber(ctx.db, ctx.client, input.number)),
  /** The run's numbered events; a reader that comes back with the last number it saw misses none. */
  progress: permitted("sync:read")
    .input(progressInput)
    .subscription(async function* ({ ctx, input, signal, path }) {
      const recheck = async () => {
        if (!(await ctx.isSessionAlive()))
          throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
        await authorise(ctx.db, ctx.actor, ctx.client, "sync:read");
      };
      const after = eventNumber(input.lastEventId);
      try {
        for await (const event of followRun(ctx.db, ctx.client, { runId: input.runId, after, signal, recheck })) {
          yield tracked(String(event.number), event);
        }
      } catch (error) {
        // The middleware has let go of the call by now, so its translation is repeated here.
        throw toTRPCError(getTRPCErrorFromUnknown(error), { ...ctx, path });
      }
    }),
});
