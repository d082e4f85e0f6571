import { permitted, router } from "../trpc/trpc.ts";
import { redemptionFilters, redemptionListInput } from "./schema.ts";
import { countOfRedemptions, listRedemptions } from "./service.ts";

export const redemptionsRouter = router({
  list: permitted("redemptions:read")
    .input(redemptionListInput)
    .query(({ ctx, input }) => listRedemptions(ctx.db, ctx.client, input)),
  count: permitted("redemptions:read")
    .input(redemptionFilters)
    .query(({ ctx, input }) => countOfRedemptions(ctx.db, ctx.client, input)),
});
