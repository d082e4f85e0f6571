import { permitted, router } from "../trpc/trpc.ts";
import { causeInput } from "./cause/schema.ts";
import { causeOf } from "./cause/service.ts";
import { redemptionFilters, redemptionListInput } from "./schema.ts";
import { countOfRedemptions, listRedemptions } from "./service.ts";

export const redemptionsRouter = router({
  list: permitted("redemptions:read")
    .input(redemptionListInput)
    .query(({ ctx, input }) => listRedemptions(ctx.db, ctx.client, input)),
  count: permitted("redemptions:read")
    .input(redemptionFilters)
    .query(({ ctx, input }) => countOfRedemptions(ctx.db, ctx.client, input)),
  cause: permitted("redemptions:read")
    .input(causeInput)
    .query(({ ctx, input }) => causeOf(ctx.db, ctx.client, input.redemptionId)),
});
