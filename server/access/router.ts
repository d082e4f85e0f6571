import { router } from "../trpc/trpc.ts";

export const sessionRouter = router({});

export const clientsRouter = router({});

export const membersRouter = router({});
