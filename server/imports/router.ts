import { router } from "../trpc/trpc.ts";

export const importsRouter = router({});
