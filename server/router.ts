/** The table of contents: every procedure of the console, the scheduler and the command line. */
import { clientsRouter, membersRouter, sessionRouter } from "./access/router.ts";
import { adjustmentsRouter } from "./adjustments/router.ts";
import { auditRouter } from "./audit/router.ts";
import { creatorsRouter } from "./creators/router.ts";
import { digestRouter } from "./digest/router.ts";
import { eligibilityRouter, missionCountsRouter } from "./eligibility/router.ts";
import { healthRouter } from "./health/router.ts";
import { importsRouter } from "./imports/router.ts";
import { sourcesRouter } from "./imports/sources/router.ts";
import { missionsRouter } from "./missions/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { progressRouter } from "./progress/router.ts";
import { redemptionsRouter } from "./redemptions/router.ts";
import { rewardsRouter } from "./rewards/router.ts";
import { scheduleRouter } from "./schedule/router.ts";
import {
  eligibilityWorthRouter,
  missionActivationRouter,
  missionOutlookRouter,
  seedingRouter,
} from "./seeding/router.ts";
import { changesRouter } from "./sync/changes/router.ts";
import { guardsRouter, heldRunsRouter } from "./sync/guards/router.ts";
import { rehearsalRouter } from "./sync/rehearsal/router.ts";
import { syncRouter } from "./sync/router.ts";
import { verifyRouter } from "./sync/verify/router.ts";
import { tiersRouter } from "./tiers/router.ts";
import { createCallerFactory, mergeRouters, router } from "./trpc/trpc.ts";

export const appRouter = router({
  session: sessionRouter,
  clients: clientsRouter,
  members: membersRouter,
  missions: mergeRouters(missionsRouter, missionCountsRouter, missionActivationRouter, missionOutlookRouter),
  tiers: tiersRouter,
  rewards: rewardsRouter,
  creators: creatorsRouter,
  eligibility: mergeRouters(eligibilityRouter, eligibilityWorthRouter),
  seeding: seedingRouter,
  progress: progressRouter,
  redemptions: redemptionsRouter,
  adjustments: adjustmentsRouter,
  imports: importsRouter,
  sync: mergeRouters(syncRouter, rehearsalRouter, verifyRouter, changesRouter, heldRunsRouter),
  guards: guardsRouter,
  sources: sourcesRouter,
  schedule: scheduleRouter,
  notifications: notificationsRouter,
  digest: digestRouter,
  audit: auditRouter,
  health: healthRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in this process: cron, command line and tests pass the same checks as the browser. */
export const createCaller = createCallerFactory(appRouter);
