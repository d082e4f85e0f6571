import type { MissionId, SeedId } from "../base/ids.ts";
import {
  activationFactsInput,
  missionActivateInput,
  missionDeactivateInput,
  missionInput,
} from "../missions/schema.ts";
import type { Context } from "../trpc/context.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { activateMission, activationFacts } from "./activation/service.ts";
import { applyPlan } from "./apply/service.ts";
import { backtestInput } from "./backtest/schema.ts";
import { backtestMission } from "./backtest/service.ts";
import { getSeed, seedCount, seedCounts, seedPage } from "./history/service.ts";
import { DIRECT_PAIRS, seedJobInput } from "./jobs/schema.ts";
import { cancelJob, getJob, latestJob, retryJob } from "./jobs/service.ts";
import { deactivateMission } from "./deactivation/service.ts";
import { lintMission } from "./lint/service.ts";
import { draftInput } from "./draft/schema.ts";
import { previewDraft } from "./draft/service.ts";
import { nearMissFilters, nearMissListInput } from "./near-misses/schema.ts";
import { nearMissCount, nearMissPage } from "./near-misses/service.ts";
import { seedApplyInput, seedCountsInput, seedFilters, seedGetInput, seedListInput, seedRunInput } from "./schema.ts";
import { type Reach, runSeed } from "./service.ts";
import { seedRowFilters, seedRowsInput, undoInput } from "./undo/schema.ts";
import { seedRowCount, seedRowPage, undoSeed } from "./undo/service.ts";

/** How many pairs a request creates itself; whoever sits in front of it, or the command line, may wait for more. */
function reachOf({ now, directPairs }: Pick<Context, "now" | "directPairs">): Reach {
  return { atMost: directPairs ?? DIRECT_PAIRS, now: now() };
}

export const seedingRouter = router({
  run: permitted("seeding:run")
    .input(seedRunInput)
    .mutation(({ ctx, input }) => runSeed(ctx.db, ctx.actor, ctx.client, input, reachOf(ctx))),
  applyPlan: permitted("seeding:run")
    .input(seedApplyInput)
    .mutation(({ ctx, input }) => applyPlan(ctx.db, ctx.actor, ctx.client, input.planId, reachOf(ctx))),
  job: permitted("seeding:read")
    .input(seedJobInput)
    .query(({ ctx, input }) => getJob(ctx.db, ctx.client, input.jobId)),
  latestJob: permitted("seeding:read").query(({ ctx }) => latestJob(ctx.db, ctx.client)),
  cancelJob: permitted("seeding:run")
    .input(seedJobInput)
    .mutation(({ ctx, input }) => cancelJob(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  /** An activation needs `missions:write` as well. */
  retryJob: permitted("seeding:run")
    .input(seedJobInput)
    .mutation(({ ctx, input }) => retryJob(ctx.db, ctx.actor, ctx.client, { ...input, now: ctx.now() })),
  list: permitted("seeding:read")
    .input(seedListInput)
    .query(({ ctx, input }) => seedPage(ctx.db, ctx.client, input)),
  count: permitted("seeding:read")
    .input(seedFilters)
    .query(({ ctx, input }) => seedCount(ctx.db, ctx.client, input)),
  get: permitted("seeding:read")
    .input(seedGetInput)
    .query(({ ctx, input }) => getSeed(ctx.db, ctx.client, input.seedId as SeedId)),
  counts: permitted("seeding:read")
    .input(seedCountsInput)
    .query(({ ctx, input }) => seedCounts(ctx.db, ctx.client, input)),
  rows: permitted("seeding:read")
    .input(seedRowsInput)
    .query(({ ctx, input }) => seedRowPage(ctx.db, ctx.client, input)),
  rowCount: permitted("seeding:read")
    .input(seedRowFilters)
    .query(({ ctx, input }) => seedRowCount(ctx.db, ctx.client, input)),
  undo: permitted("seeding:undo")
    .input(undoInput)
    .mutation(({ ctx, input }) => undoSeed(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
});

/** Procedures of `missions` that write rows with the mission: activate, deactivate and what they say beforehand. */
export const missionActivationRouter = router({
  activationFacts: permitted("missions:read")
    .input(activationFactsInput)
    .query(({ ctx, input }) => activationFacts(ctx.db, ctx.client, input, ctx.now())),
  activate: permitted("missions:write")
    .input(missionActivateInput)
    .mutation(({ ctx, input }) => activateMission(ctx.db, ctx.actor, ctx.client, input, reachOf(ctx))),
  deactivate: permitted("missions:write")
    .input(missionDeactivateInput)
    .mutation(({ ctx, input }) => deactivateMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
});

/** Procedures of `missions` that say, before anything is written, whether activating is wise. */
export const missionOutlookRouter = router({
  lint: permitted("missions:read")
    .input(missionInput)
    .query(({ ctx, input }) => lintMission(ctx.db, ctx.client, input.missionId as MissionId, ctx.now())),
  backtest: permitted("missions:read")
    .input(backtestInput)
    .query(({ ctx, input }) => backtestMission(ctx.db, ctx.client, input, ctx.now())),
});

/** Procedures of `eligibility` that need the worth of rows beside the verdict: who nearly makes it, and a mission still being written. */
export const eligibilityWorthRouter = router({
  nearMisses: permitted("eligibility:read")
    .input(nearMissListInput)
    .query(({ ctx, input }) => nearMissPage(ctx.db, ctx.client, input, ctx.now())),
  nearMissCounts: permitted("eligibility:read")
    .input(nearMissFilters)
    .query(({ ctx, input }) => nearMissCount(ctx.db, ctx.client, input, ctx.now())),
  previewDraft: permitted("missions:write")
    .input(draftInput)
    .query(({ ctx, input }) => previewDraft(ctx.db, ctx.client, input, ctx.now())),
});
