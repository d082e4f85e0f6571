import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { onSignedOut } from "../lib/session-events.ts";
import { queryClient } from "../lib/trpc.ts";
import { useIdleLoad } from "../lib/use-idle-load.ts";
import { cssVariablesResolver } from "./css-variables.ts";
import { router } from "./router.tsx";
import { theme } from "./theme.ts";

const colorSchemeManager = localStorageColorSchemeManager({ key: "muster-color-scheme" });

const loadAnnouncements = () => import("./announcements.tsx");
const LoadedAnnouncements = lazy(async () => ({ default: (await loadAnnouncements()).Announcements }));

/** Where `announce` is heard. What is announced before this has come is kept, and shown then. */
function Announcements() {
  const isThere = useIdleLoad(loadAnnouncements);
  return <Suspense fallback={null}>{isThere ? <LoadedAnnouncements /> : null}</Suspense>;
}

/** The whole console: theme, cache, router, and the way out when the session ends. */
export function App() {
  useEffect(
    () =>
      onSignedOut(() => {
        const { pathname, href } = router.state.location;
        if (pathname !== "/sign-in") {
          void router.navigate({ to: "/sign-in", search: pathname === "/" ? {} : { next: href } });
        }
      }),
    [],
  );
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Announcements />
      </QueryClientProvider>
    </MantineProvider>
  );
}
