import { permitted, router } from "../../trpc/trpc.ts";
import { runInput } from "../schema.ts";
import { discardHeld, releaseHeld } from "./holding.ts";
import { getHolds, listHoldChanges } from "./reading.ts";
import { discardInput, guardsSaveInput, holdChangeListInput, releaseInput } from "./schema.ts";
import { getGuards, saveGuards } from "./service.ts";

export const guardsRouter = router({
  get: permitted("guards:read").query(({ ctx }) => getGuards(ctx.db, ctx.client)),
  save: permitted("guards:write")
    .input(guardsSaveInput)
    .mutation(({ ctx, input }) => saveGuards(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
});

/** Procedures of `sync` on runs that are held. */
export const heldRunsRouter = router({
  holds: permitted("sync:read")
    .input(runInput)
    .query(({ ctx, input }) => getHolds(ctx.db, ctx.client, input.runId)),
  holdChanges: permitted("sync:read")
    .input(holdChangeListInput)
    .query(({ ctx, input }) => listHoldChanges(ctx.db, ctx.client, input)),
  releaseHeld: permitted("sync:release")
    .input(releaseInput)
    .mutation(({ ctx, input }) => releaseHeld(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  discard: permitted("sync:release")
    .input(discardInput)
    .mutation(({ ctx, input }) => discardHeld(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
});
