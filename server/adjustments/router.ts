import { router } from "../trpc/trpc.ts";

export const adjustmentsRouter = router({});
