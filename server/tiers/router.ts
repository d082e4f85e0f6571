import { permitted, router } from "../trpc/trpc.ts";
import { tiersUpdateInput } from "./schema.ts";
import { getLadder, updateLadder } from "./service.ts";

export const tiersRouter = router({
  list: permitted("tiers:read").query(({ ctx }) => getLadder(ctx.db, ctx.client)),
  update: permitted("tiers:write")
    .input(tiersUpdateInput)
    .mutation(({ ctx, input }) =>
      updateLadder(ctx.db, { actor: ctx.actor, client: ctx.client, now: ctx.now() }, input),
    ),
});
