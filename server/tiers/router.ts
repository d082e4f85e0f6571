import { router } from "../trpc/trpc.ts";

export const tiersRouter = router({});
