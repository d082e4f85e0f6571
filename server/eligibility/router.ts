import type { UserId } from "../base/ids.ts";
import { missionCountsInput } from "../missions/schema.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { coverageInput } from "./coverage/schema.ts";
import { coverage } from "./coverage/service.ts";
import { creatorMissionsInput, explainInput } from "./explain/schema.ts";
import { creatorMissions, explainCreator } from "./explain/service.ts";
import { planInput, programmePreviewInput } from "./plans/schema.ts";
import { previewProgramme, readDrift, readPlan } from "./plans/service.ts";
import { eligibilityFilters, eligibilityListInput, previewInput } from "./schema.ts";
import { eligibilityCount, eligibilityPage, missionCounts, previewMission, previewWindow } from "./service.ts";
import { relax } from "./what-if/service.ts";

export const eligibilityRouter = router({
  preview: permitted("eligibility:read")
    .input(previewInput)
    .query(({ ctx, input }) => previewMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  window: permitted("eligibility:read")
    .input(previewInput)
    .query(({ ctx, input }) => previewWindow(ctx.db, ctx.client, input)),
  previewMany: permitted("eligibility:read")
    .input(programmePreviewInput)
    .query(({ ctx, input }) => previewProgramme(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  plan: permitted("eligibility:read")
    .input(planInput)
    .query(({ ctx, input }) => readPlan(ctx.db, ctx.client, input.planId, ctx.now())),
  drift: permitted("eligibility:read")
    .input(planInput)
    .query(({ ctx, input }) => readDrift(ctx.db, ctx.client, input.planId)),
  list: permitted("eligibility:read")
    .input(eligibilityListInput)
    .query(({ ctx, input }) => eligibilityPage(ctx.db, ctx.client, input, ctx.now())),
  count: permitted("eligibility:read")
    .input(eligibilityFilters)
    .query(({ ctx, input }) => eligibilityCount(ctx.db, ctx.client, input)),
  relax: permitted("eligibility:read")
    .input(previewInput)
    .query(({ ctx, input }) => relax(ctx.db, ctx.client, input)),
  coverage: permitted("eligibility:read")
    .input(coverageInput)
    .query(({ ctx, input }) => coverage(ctx.db, ctx.client, input, ctx.now())),
  explain: permitted("eligibility:read")
    .input(explainInput)
    .query(({ ctx, input }) => explainCreator(ctx.db, ctx.client, input, ctx.now())),
  creator: permitted("eligibility:read")
    .input(creatorMissionsInput)
    .query(({ ctx, input }) => creatorMissions(ctx.db, ctx.client, input.userId as UserId, ctx.now())),
});

/** Procedures of `missions` that need eligibility: the counts of the list. */
export const missionCountsRouter = router({
  counts: permitted("missions:read")
    .input(missionCountsInput)
    .query(({ ctx, input }) => missionCounts(ctx.db, ctx.client, input.missionIds, ctx.now())),
});
