import { Notifications } from "@mantine/notifications";

/** The successes told in passing, in their corner. */
export function Announcements() {
  return <Notifications position="bottom-right" limit={3} />;
}
