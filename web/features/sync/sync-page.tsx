import { Page } from "../../ui/page.tsx";

/** Sync. */
export function SyncPage() {
  return <Page title="Sync" />;
}
