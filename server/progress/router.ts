import { permitted, router } from "../trpc/trpc.ts";
import { distributionInput } from "./distribution/schema.ts";
import { distribution } from "./distribution/service.ts";
import { countOfProgress, listProgress } from "./list.ts";
import { progressFilters, progressListInput } from "./schema.ts";

export const progressRouter = router({
  list: permitted("progress:read")
    .input(progressListInput)
    .query(({ ctx, input }) => listProgress(ctx.db, ctx.client, input, ctx.now())),
  count: permitted("progress:read")
    .input(progressFilters)
    .query(({ ctx, input }) => countOfProgress(ctx.db, ctx.client, input, ctx.now())),
  distribution: permitted("progress:read")
    .input(distributionInput)
    .query(({ ctx, input }) => distribution(ctx.db, ctx.client, input.missionId, ctx.now())),
});
