import { router } from "../trpc/trpc.ts";

export const creatorsRouter = router({});
