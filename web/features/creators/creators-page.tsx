import { Page } from "../../ui/page.tsx";

/** Creators. */
export function CreatorsPage() {
  return <Page title="Creators" />;
}
