import { Page } from "../../ui/page.tsx";

/** Tiers. */
export function TiersPage() {
  return <Page title="Tiers" />;
}
