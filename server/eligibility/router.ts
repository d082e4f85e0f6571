import { router } from "../trpc/trpc.ts";

export const eligibilityRouter = router({});

/** Procedures of `missions` that need eligibility: the four counts of the list. */
export const missionCountsRouter = router({});
