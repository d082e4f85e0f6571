import { router } from "../trpc/trpc.ts";

export const missionsRouter = router({});
