import { permitted, router } from "../../trpc/trpc.ts";
import { verifyProgramme } from "./service.ts";

export const verifyRouter = router({
  verify: permitted("sync:run").mutation(({ ctx }) => verifyProgramme(ctx.db, ctx.actor, ctx.client, ctx.now())),
});
