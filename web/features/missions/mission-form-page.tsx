import { Page } from "../../ui/page.tsx";

/** Mission. */
export function MissionFormPage() {
  return <Page title="Mission" />;
}
