import { createRouter } from "@tanstack/react-router";
import { ErrorPage, NotFoundPage } from "./error-pages.tsx";
import { PendingPage } from "./pending-page.tsx";
import { routeTree } from "./routes.tsx";

/** The router of this tab. Pages are fetched when a link to them is pointed at, so that opening one rarely waits. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
