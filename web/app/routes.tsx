import { firstClient, rememberClient } from "../lib/last-client.ts";
import { createRootRoute, createRoute, notFound, Outlet, redirect } from "@tanstack/react-router";
import { z } from "zod";
import { adjustmentsSearch } from "../features/adjustments/search.ts";
import { auditSearch } from "../features/audit/search.ts";
import { creatorSearch, creatorsSearch } from "../features/creators/search.ts";
import { digestSearch } from "../features/digest/search.ts";
import { healthSearch } from "../features/health/search.ts";
import { importCheckSearch, importSearch } from "../features/imports/search.ts";
import { missionSearch, missionsSearch, seedingsSearch } from "../features/missions/search.ts";
import { notificationsSearch } from "../features/notifications/search.ts";
import { redemptionsSearch } from "../features/redemptions/search.ts";
import { rewardsSearch } from "../features/rewards/search.ts";
import { scheduleSearch } from "../features/schedule/search.ts";
import { rehearsalSearch, runSearch, syncSearch } from "../features/sync/search.ts";
import { isSignedOut } from "../lib/errors.ts";
import { searchOf } from "../lib/search.ts";
import { ErrorPage, NotFoundPage } from "./error-pages.tsx";
import { lazyPage } from "./lazy-page.tsx";
import { NoClientPage } from "./no-client-page.tsx";
import { loadSession } from "./session.ts";
import { Shell } from "./shell.tsx";

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

/** The session, or the way to the sign-in page and back. */
async function sessionOrSignIn(next: string) {
  try {
    return await loadSession();
  } catch (error) {
    if (isSignedOut(error)) {
      throw redirect({ to: "/sign-in", search: next === "/" ? {} : { next } });
    }
    throw error;
  }
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: searchOf({ next: z.string().regex(/^\/(?!\/)/) }),
  component: lazyPage(() => import("./sign-in-page.tsx"), "SignInPage"),
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async () => {
    const session = await sessionOrSignIn("/");
    const first = firstClient(session.clients);
    if (first !== undefined) {
      throw redirect({ to: "/c/$client", params: { client: first.subdomain }, replace: true });
    }
  },
  component: NoClientPage,
});

const clientRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/c/$client",
  beforeLoad: async ({ params, location }) => {
    const session = await sessionOrSignIn(location.href);
    const client = session.clients.find((one) => one.subdomain === params.client);
    if (client === undefined) {
      throw notFound();
    }
    rememberClient(client.subdomain);
    return { session, client };
  },
  component: Shell,
  notFoundComponent: NotFoundPage,
});

/** The part of every page route that is the same. What a page does not find is said in its own place: the shell stays. */
const page = <Path extends string>(path: Path) =>
  ({ getParentRoute: () => clientRoute, path, notFoundComponent: NotFoundPage }) as const;

const guid = z.guid();

/**
 * Of a thing named by its id: what can be no id leads nowhere, and no server need say so. It is a loader that says it: what a
 * `beforeLoad` does not find takes the navigation away with it.
 */
function mustBeId(id: string): void {
  if (!guid.safeParse(id).success) {
    throw notFound();
  }
}

/** Of a run, which its number names. */
function mustBeNumber(number: string): void {
  if (!/^[1-9]\d{0,8}$/.test(number)) {
    throw notFound();
  }
}

const clientRoutes = [
  createRoute({
    ...page("/"),
    component: lazyPage(() => import("../features/overview/overview-page.tsx"), "OverviewPage"),
  }),
  createRoute({
    ...page("/missions"),
    validateSearch: missionsSearch,
    component: lazyPage(() => import("../features/missions/missions-page.tsx"), "MissionsPage"),
  }),
  createRoute({
    ...page("/missions/new"),
    component: lazyPage(() => import("../features/missions/mission-form-page.tsx"), "MissionFormPage"),
  }),
  createRoute({
    ...page("/missions/plans/$planId"),
    loader: ({ params }) => mustBeId(params.planId),
    component: lazyPage(() => import("../features/missions/plans/plan-page.tsx"), "PlanPage"),
  }),
  createRoute({
    ...page("/missions/$missionId"),
    validateSearch: missionSearch,
    loader: ({ params }) => mustBeId(params.missionId),
    component: lazyPage(() => import("../features/missions/mission-page.tsx"), "MissionPage"),
  }),
  createRoute({
    ...page("/missions/$missionId/edit"),
    loader: ({ params }) => mustBeId(params.missionId),
    component: lazyPage(() => import("../features/missions/mission-form-page.tsx"), "MissionFormPage"),
  }),
  createRoute({
    ...page("/seedings"),
    validateSearch: seedingsSearch,
    component: lazyPage(() => import("../features/missions/seedings-page.tsx"), "SeedingsPage"),
  }),
  createRoute({
    ...page("/seedings/jobs/$jobId"),
    loader: ({ params }) => mustBeId(params.jobId),
    component: lazyPage(() => import("../features/missions/jobs/job-page.tsx"), "JobPage"),
  }),
  createRoute({
    ...page("/creators"),
    validateSearch: creatorsSearch,
    component: lazyPage(() => import("../features/creators/creators-page.tsx"), "CreatorsPage"),
  }),
  createRoute({
    ...page("/creators/$userId"),
    validateSearch: creatorSearch,
    loader: ({ params }) => mustBeId(params.userId),
    component: lazyPage(() => import("../features/creators/creator-page.tsx"), "CreatorPage"),
  }),
  createRoute({
    ...page("/redemptions"),
    validateSearch: redemptionsSearch,
    component: lazyPage(() => import("../features/redemptions/redemptions-page.tsx"), "RedemptionsPage"),
  }),
  createRoute({
    ...page("/sync"),
    validateSearch: syncSearch,
    component: lazyPage(() => import("../features/sync/sync-page.tsx"), "SyncPage"),
  }),
  createRoute({
    ...page("/sync/guards"),
    component: lazyPage(() => import("../features/guards/guards-page.tsx"), "GuardsPage"),
  }),
  createRoute({
    ...page("/sync/$number"),
    validateSearch: runSearch,
    loader: ({ params }) => mustBeNumber(params.number),
    component: lazyPage(() => import("../features/sync/run-page.tsx"), "RunPage"),
  }),
  createRoute({
    ...page("/sync/rehearsals/$rehearsalId"),
    validateSearch: rehearsalSearch,
    loader: ({ params }) => mustBeId(params.rehearsalId),
    component: lazyPage(() => import("../features/sync/rehearsal-page.tsx"), "RehearsalPage"),
  }),
  createRoute({
    ...page("/import"),
    validateSearch: importSearch,
    component: lazyPage(() => import("../features/imports/import-page.tsx"), "ImportPage"),
  }),
  createRoute({
    ...page("/import/source"),
    component: lazyPage(() => import("../features/imports/source-page.tsx"), "SourcePage"),
  }),
  createRoute({
    ...page("/import/$importId"),
    validateSearch: importCheckSearch,
    loader: ({ params }) => mustBeId(params.importId),
    component: lazyPage(() => import("../features/imports/import-check-page.tsx"), "ImportCheckPage"),
  }),
  createRoute({
    ...page("/schedule"),
    validateSearch: scheduleSearch,
    component: lazyPage(() => import("../features/schedule/schedule-page.tsx"), "SchedulePage"),
  }),
  createRoute({
    ...page("/notifications"),
    validateSearch: notificationsSearch,
    component: lazyPage(() => import("../features/notifications/notifications-page.tsx"), "NotificationsPage"),
  }),
  createRoute({
    ...page("/digest"),
    validateSearch: digestSearch,
    component: lazyPage(() => import("../features/digest/digest-page.tsx"), "DigestPage"),
  }),
  createRoute({
    ...page("/health"),
    validateSearch: healthSearch,
    component: lazyPage(() => import("../features/health/health-page.tsx"), "HealthPage"),
  }),
  createRoute({
    ...page("/rewards"),
    validateSearch: rewardsSearch,
    component: lazyPage(() => import("../features/rewards/rewards-page.tsx"), "RewardsPage"),
  }),
  createRoute({
    ...page("/tiers"),
    component: lazyPage(() => import("../features/tiers/tiers-page.tsx"), "TiersPage"),
  }),
  createRoute({
    ...page("/adjustments"),
    validateSearch: adjustmentsSearch,
    component: lazyPage(() => import("../features/adjustments/adjustments-page.tsx"), "AdjustmentsPage"),
  }),
  createRoute({
    ...page("/audit"),
    validateSearch: auditSearch,
    component: lazyPage(() => import("../features/audit/audit-page.tsx"), "AuditPage"),
  }),
  createRoute({
    ...page("/members"),
    component: lazyPage(() => import("../features/members/members-page.tsx"), "MembersPage"),
  }),
] as const;

/** Every address of the console. */
export const routeTree = rootRoute.addChildren([signInRoute, homeRoute, clientRoute.addChildren(clientRoutes)]);
