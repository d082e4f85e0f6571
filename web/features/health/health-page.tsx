import { Page } from "../../ui/page.tsx";

/** Data health. */
export function HealthPage() {
  return <Page title="Data health" />;
}
