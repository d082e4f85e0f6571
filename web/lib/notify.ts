import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

/** Announces a success in passing: "Created 212 rows (the plan said 212)." Failures never go here, they stay on the page. */
export function announce(message: ReactNode): void {
  notifications.show({
    message,
    // a sentence with something to press in it is read, and then pressed
    autoClose: typeof message === "string" ? 6000 : 12_000,
    withCloseButton: true,
    withBorder: true,
    color: "green",
    closeButtonProps: { "aria-label": "Close" },
  });
}
