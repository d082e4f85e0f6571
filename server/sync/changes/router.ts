import { permitted, router } from "../../trpc/trpc.ts";
import { compareInput } from "../compare/schema.ts";
import { compareRuns } from "../compare/service.ts";
import { runInput } from "../schema.ts";
import { getRunChanges, listRunChanges } from "./reading.ts";
import { runChangeListInput } from "./schema.ts";

/** Procedures of `sync` that say what a run changed. */
export const changesRouter = router({
  runChanges: permitted("sync:read")
    .input(runInput)
    .query(({ ctx, input }) => getRunChanges(ctx.db, ctx.client, input.runId)),
  changes: permitted("sync:read")
    .input(runChangeListInput)
    .query(({ ctx, input }) => listRunChanges(ctx.db, ctx.client, input)),
  compare: permitted("sync:read")
    .input(compareInput)
    .query(({ ctx, input }) => compareRuns(ctx.db, ctx.client, input)),
});
