import { permitted, router } from "../trpc/trpc.ts";
import { countOfProgress, listProgress } from "./list.ts";
import { progressFilters, progressListInput } from "./schema.ts";

export const progressRouter = router({
  list: permitted("progress:read")
    .input(progressListInput)
    .query(({ ctx, input }) => listProgress(ctx.db, ctx.client, input, ctx.now())),
  count: permitted("progress:read")
    .input(progressFilters)
    .query(({ ctx, input }) => countOfProgress(ctx.db, ctx.client, input, ctx.now())),
});
