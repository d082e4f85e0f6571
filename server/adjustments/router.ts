import { permitted, router } from "../trpc/trpc.ts";
import { adjustmentCreateInput, adjustmentFilters, adjustmentListInput } from "./schema.ts";
import { countOfAdjustments, createAdjustment, listAdjustments } from "./service.ts";

export const adjustmentsRouter = router({
  list: permitted("adjustments:read")
    .input(adjustmentListInput)
    .query(({ ctx, input }) => listAdjustments(ctx.db, ctx.client, input)),
  count: permitted("adjustments:read")
    .input(adjustmentFilters)
    .query(({ ctx, input }) => countOfAdjustments(ctx.db, ctx.client, input)),
  create: permitted("adjustments:write")
    .input(adjustmentCreateInput)
    .mutation(({ ctx, input }) =>
      createAdjustment(ctx.db, { actor: ctx.actor, client: ctx.client, now: ctx.now() }, input),
    ),
});
