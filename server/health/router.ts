import { router } from "../trpc/trpc.ts";

export const healthRouter = router({});
