import type { MissionId } from "../base/ids.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { missionCreateInput, missionFilters, missionInput, missionListInput, missionUpdateInput } from "./schema.ts";
import { changeMission, createMission, duplicateMission, getMission, missionCount, missionPage } from "./service.ts";

export const missionsRouter = router({
  list: permitted("missions:read")
    .input(missionListInput)
    .query(({ ctx, input }) => missionPage(ctx.db, ctx.client, input, ctx.now())),
  count: permitted("missions:read")
    .input(missionFilters)
    .query(({ ctx, input }) => missionCount(ctx.db, ctx.client, input, ctx.now())),
  get: permitted("missions:read")
    .input(missionInput)
    .query(({ ctx, input }) => getMission(ctx.db, ctx.client, input.missionId as MissionId, ctx.now())),
  create: permitted("missions:write")
    .input(missionCreateInput)
    .mutation(({ ctx, input }) => createMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  update: permitted("missions:write")
    .input(missionUpdateInput)
    .mutation(({ ctx, input }) => changeMission(ctx.db, ctx.actor, ctx.client, input, ctx.now())),
  duplicate: permitted("missions:write")
    .input(missionInput)
    .mutation(({ ctx, input }) =>
      duplicateMission(ctx.db, ctx.actor, ctx.client, input.missionId as MissionId, ctx.now()),
    ),
});
