import { Page } from "../../ui/page.tsx";

/** Missions. */
export function MissionsPage() {
  return <Page title="Missions" />;
}
