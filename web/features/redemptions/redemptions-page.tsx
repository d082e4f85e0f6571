import { Page } from "../../ui/page.tsx";

/** Redemptions. */
export function RedemptionsPage() {
  return <Page title="Redemptions" />;
}
