import { permitted, router } from "../trpc/trpc.ts";
import { rewardCreateInput, rewardFilters, rewardListInput, rewardUpdateInput } from "./schema.ts";
import { changeReward, createReward, rewardCount, rewardPage } from "./service.ts";

export const rewardsRouter = router({
  list: permitted("rewards:read")
    .input(rewardListInput)
    .query(({ ctx, input }) => rewardPage(ctx.db, ctx.client, input)),
  count: permitted("rewards:read")
    .input(rewardFilters)
    .query(({ ctx, input }) => rewardCount(ctx.db, ctx.client, input)),
  create: permitted("rewards:write")
    .input(rewardCreateInput)
    .mutation(({ ctx, input }) => createReward(ctx.db, ctx.actor, ctx.client, input)),
  update: permitted("rewards:write")
    .input(rewardUpdateInput)
    .mutation(({ ctx, input }) => changeReward(ctx.db, ctx.actor, ctx.client, input)),
});
