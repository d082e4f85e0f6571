import { router } from "../trpc/trpc.ts";

export const scheduleRouter = router({});
