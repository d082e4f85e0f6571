import { notifications } from "@mantine/notifications";

/** Announces a success in passing: "Created 212 rows (the plan said 212)." Failures never go here, they stay on the page. */
export function announce(message: string): void {
  notifications.show({
    message,
    autoClose: 6000,
    withCloseButton: true,
    withBorder: true,
    color: "green",
    closeButtonProps: { "aria-label": "Close" },
  });
}
