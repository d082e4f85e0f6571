import { router } from "../trpc/trpc.ts";

export const rewardsRouter = router({});
