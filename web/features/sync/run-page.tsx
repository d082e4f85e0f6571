import { Page } from "../../ui/page.tsx";

/** Run. */
export function RunPage() {
  return <Page title="Run" />;
}
