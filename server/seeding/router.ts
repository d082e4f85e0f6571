import { activationFactsInput, missionActivateInput, missionDeactivateInput } from "../missions/schema.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { activateMission, activationFacts, deactivateMission } from "./activation/service.ts";
import { applyPlan } from "./apply/service.ts";
import { seedApplyInput, seedFilters, seedListInput, seedRunInput } from "./schema.ts";
import { runSeed, seedCount, seedPage } from "./service.ts";

export const seedingRouter = router({
  run: permitted("seeding:run")
    .input(seedRunInput)
    .mutation(({ ctx, input }) => runSeed(ctx.db, ctx.actor, ctx.client, input)),
  applyPlan: permitted("seeding:run")
    .input(seedApplyInput)
    .mutation(({ ctx, input }) => applyPlan(ctx.db, ctx.actor, ctx.client, input.planId, ctx.now())),
  list: permitted("seeding:read")
    .input(seedListInput)
    .query(({ ctx, input }) => seedPage(ctx.db, ctx.client, input)),
  count: permitted("seeding:read")
    .input(seedFilters)
    .query(({ ctx, input }) => seedCount(ctx.db, ctx.client, input)),
});

/** Procedures of `missions` that write rows with the mission: activate, deactivate and what they say beforehand. */
export const missionActivationRouter = router({
  activationFacts: permitted("missions:read")
    .input(activationFactsInput)
    .query(({ ctx, input }) => activationFacts(ctx.db, ctx.client, input, ctx.now())),
  activate: permitted("missions:write")
    .input(missionActivateInput)
    .mutation(({ ctx, input }) => activateMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  deactivate: permitted("missions:write")
    .input(missionDeactivateInput)
    .mutation(({ ctx, input }) => deactivateMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
});
