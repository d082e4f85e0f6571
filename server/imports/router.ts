import type { ImportId } from "../base/ids.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { aliasInput, aliasListInput, aliasUndoInput } from "./aliases/schema.ts";
import { acceptAlias, dismissAlias, listAliases, listSuggestions, undoAlias } from "./aliases/service.ts";
import { checkedListInput, newCreatorListInput } from "./check/schema.ts";
import { cancelCheck, checkImport, checkProgress, listChecked, listNewCreators } from "./check/service.ts";
import { countImports, countRejected, getImport, listImports, listRejected } from "./history/service.ts";
import { importFilters, importInput, importListInput, rejectedFilters, rejectedListInput } from "./schema.ts";
import { discardImport } from "./service.ts";

export const importsRouter = router({
  check: permitted("imports:read")
    .input(importInput)
    .query(({ ctx, input }) => checkImport(ctx.db, ctx.client, input.importId as ImportId, ctx.now())),
  checkProgress: permitted("imports:read")
    .input(importInput)
    .query(({ ctx, input }) => checkProgress(ctx.db, ctx.client, input.importId as ImportId)),
  cancelCheck: permitted("imports:write")
    .input(importInput)
    .mutation(({ ctx, input }) => cancelCheck(ctx.db, ctx.client, input.importId as ImportId)),
  rows: permitted("imports:read")
    .input(checkedListInput)
    .query(({ ctx, input }) => listChecked(ctx.db, ctx.client, input, ctx.now())),
  newCreators: permitted("imports:read")
    .input(newCreatorListInput)
    .query(({ ctx, input }) => listNewCreators(ctx.db, ctx.client, input, ctx.now())),
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
  aliasSuggestions: permitted("imports:read").query(({ ctx }) => listSuggestions(ctx.db, ctx.client, ctx.now())),
  aliases: permitted("imports:read")
    .input(aliasListInput)
    .query(({ ctx, input }) => listAliases(ctx.db, ctx.client, input.status)),
  acceptAlias: permitted("imports:write")
    .input(aliasInput)
    .mutation(({ ctx, input }) => acceptAlias(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now() })),
  dismissAlias: permitted("imports:write")
    .input(aliasInput)
    .mutation(({ ctx, input }) => dismissAlias(ctx.db, ctx.actor, ctx.client, { input, now: ctx.now() })),
  undoAlias: permitted("imports:write")
    .input(aliasUndoInput)
    .mutation(({ ctx, input }) => undoAlias(ctx.db, ctx.actor, ctx.client, input)),
  discard: permitted("imports:write")
    .input(importInput)
    .mutation(({ ctx, input }) => discardImport(ctx.db, ctx.actor, ctx.client, input.importId as ImportId)),
});
