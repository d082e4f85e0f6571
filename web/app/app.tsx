import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { onSignedOut } from "../lib/session-events.ts";
import { queryClient } from "../lib/trpc.ts";
import { cssVariablesResolver } from "./css-variables.ts";
import { router } from "./router.tsx";
import { theme } from "./theme.ts";

const colorSchemeManager = localStorageColorSchemeManager({ key: "muster-color-scheme" });

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
        <Notifications position="bottom-right" limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
