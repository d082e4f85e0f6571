import { Page } from "../../ui/page.tsx";

/** Mission. */
export function MissionPage() {
  return <Page title="Mission" />;
}
