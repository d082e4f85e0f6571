import { permitted, router } from "../../trpc/trpc.ts";
import { sourcesOf } from "./fetching.ts";
import { columnsInput, sourceUpdateInput } from "./schema.ts";
import { getSource, setColumns, updateSource } from "./service.ts";
import { testSource } from "./try.ts";

export const sourcesRouter = router({
  get: permitted("sources:read").query(({ ctx }) => getSource(ctx.db, ctx.client)),
  update: permitted("sources:write")
    .input(sourceUpdateInput)
    .mutation(({ ctx, input }) =>
      updateSource(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now(), deps: sourcesOf(ctx) }),
    ),
  test: permitted("sources:write").mutation(({ ctx }) =>
    testSource(ctx.db, ctx.client, { uploadLimitBytes: ctx.uploadLimitBytes, sources: sourcesOf(ctx) }),
  ),
  setColumns: permitted("sources:write")
    .input(columnsInput)
    .mutation(({ ctx, input }) => setColumns(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now() })),
});
