import { Page } from "../../ui/page.tsx";

/** Adjustments. */
export function AdjustmentsPage() {
  return <Page title="Adjustments" />;
}
