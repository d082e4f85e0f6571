import { permitted, router } from "../trpc/trpc.ts";
import { checkHealth } from "./service.ts";

export const healthRouter = router({
  checks: permitted("health:read").query(({ ctx }) => checkHealth(ctx.db, ctx.client, ctx.now())),
});
