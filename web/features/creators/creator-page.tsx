import { Page } from "../../ui/page.tsx";

/** Creator. */
export function CreatorPage() {
  return <Page title="Creator" />;
}
