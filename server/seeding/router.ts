import { router } from "../trpc/trpc.ts";

export const seedingRouter = router({});

/** Procedures of `missions` that write rows with the mission: activate, deactivate and what they say beforehand. */
export const missionActivationRouter = router({});
