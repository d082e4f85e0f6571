import { Page } from "../../ui/page.tsx";

/** Rewards. */
export function RewardsPage() {
  return <Page title="Rewards" />;
}
