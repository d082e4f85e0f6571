import { router } from "../trpc/trpc.ts";

export const redemptionsRouter = router({});
