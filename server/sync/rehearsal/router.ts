import { permitted, router } from "../../trpc/trpc.ts";
import { pipeline } from "../steps.ts";
import { countRehearsalChanges, getRehearsal, listRehearsalChanges, listRehearsals } from "./reading.ts";
import { rehearsalChangeFilters, rehearsalChangeListInput, rehearsalInput, rehearseInput } from "./schema.ts";
import { endRehearsal, startRehearsal } from "./service.ts";

/** Procedures of `sync` that play the night without writing it. */
export const rehearsalRouter = router({
  /** Answers at once; the rehearsal is played in the background of this process and followed by `rehearsal`. */
  rehearse: permitted("sync:run")
    .input(rehearseInput)
    .mutation(async ({ ctx, input }) => {
      const { over: _over, ...started } = await startRehearsal(
        ctx.db,
        ctx.actor,
        ctx.client,
        { importId: input.importId },
        { ...ctx, steps: pipeline },
      );
      return started;
    }),
  endRehearsal: permitted("sync:run")
    .input(rehearsalInput)
    .mutation(({ ctx, input }) => endRehearsal(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  rehearsal: permitted("sync:read")
    .input(rehearsalInput)
    .query(({ ctx, input }) => getRehearsal(ctx.db, ctx.client, input.rehearsalId)),
  rehearsals: permitted("sync:read").query(({ ctx }) => listRehearsals(ctx.db, ctx.client)),
  rehearsalChanges: permitted("sync:read")
    .input(rehearsalChangeListInput)
    .query(({ ctx, input }) => listRehearsalChanges(ctx.db, ctx.client, input)),
  rehearsalChangesCount: permitted("sync:read")
    .input(rehearsalChangeFilters)
    .query(({ ctx, input }) => countRehearsalChanges(ctx.db, ctx.client, input)),
});
