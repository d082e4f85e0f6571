import { Page } from "../../ui/page.tsx";

/** Import check. */
export function ImportCheckPage() {
  return <Page title="Import check" />;
}
