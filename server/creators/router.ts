import { permitted, router } from "../trpc/trpc.ts";
import { creatorCountInput, creatorInput, creatorListInput } from "./schema.ts";
import { countOfCreators, getCreator, listCreators } from "./service.ts";
import { timelineInput } from "./timeline/schema.ts";
import { creatorTimeline } from "./timeline/service.ts";

export const creatorsRouter = router({
  list: permitted("creators:read")
    .input(creatorListInput)
    .query(({ ctx, input }) => listCreators(ctx.db, ctx.client, input)),
  count: permitted("creators:read")
    .input(creatorCountInput)
    .query(({ ctx, input }) => countOfCreators(ctx.db, ctx.client, input)),
  get: permitted("creators:read")
    .input(creatorInput)
    .query(({ ctx, input }) => getCreator(ctx.db, ctx.client, input.userId)),
  timeline: permitted("creators:read")
    .input(timelineInput)
    .query(({ ctx, input }) => creatorTimeline(ctx.db, ctx.client, input)),
});
