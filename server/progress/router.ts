import { router } from "../trpc/trpc.ts";

export const progressRouter = router({});
