import { permitted, router } from "../trpc/trpc.ts";
import { auditFilters, auditListInput } from "./schema.ts";
import { getActions, getEntries, getEntryCount } from "./service.ts";

export const auditRouter = router({
  list: permitted("audit:read")
    .input(auditListInput)
    .query(({ ctx, input }) => getEntries(ctx.db, ctx.client, input)),
  count: permitted("audit:read")
    .input(auditFilters)
    .query(({ ctx, input }) => getEntryCount(ctx.db, ctx.client, input)),
  actions: permitted("audit:read").query(({ ctx }) => getActions(ctx.db, ctx.client)),
});
