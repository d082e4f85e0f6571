import { router } from "../trpc/trpc.ts";

export const syncRouter = router({});
