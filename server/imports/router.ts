import type { ImportId } from "../base/ids.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { countImports, countRejected, getImport, listImports, listRejected } from "./history/service.ts";
import { importFilters, importInput, importListInput, rejectedFilters, rejectedListInput } from "./schema.ts";
import { checkImport, discardImport } from "./service.ts";

export const importsRouter = router({
  check: permitted("imports:read")
    .input(importInput)
    .query(({ ctx, input }) => checkImport(ctx.db, ctx.client, input.importId as ImportId, ctx.now())),
  list: permitted("imports:read")
    .input(importListInput)
    .query(({ ctx, input }) => listImports(ctx.db, ctx.client, input)),
  count: permitted("imports:read")
    .input(importFilters)
    .query(({ ctx, input }) => countImports(ctx.db, ctx.client, input.status)),
  get: permitted("imports:read")
    .input(importInput)
    .query(({ ctx, input }) => getImport(ctx.db, ctx.client, input.importId as ImportId)),
  rejected: permitted("imports:read")
    .input(rejectedListInput)
    .query(({ ctx, input }) => listRejected(ctx.db, ctx.client, input, ctx.now())),
  rejectedCount: permitted("imports:read")
    .input(rejectedFilters)
    .query(({ ctx, input }) => countRejected(ctx.db, ctx.client, input, ctx.now())),
  discard: permitted("imports:write")
    .input(importInput)
    .mutation(({ ctx, input }) => discardImport(ctx.db, ctx.actor, ctx.client, input.importId as ImportId)),
});
