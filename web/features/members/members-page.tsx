import { Page } from "../../ui/page.tsx";

/** Members. */
export function MembersPage() {
  return <Page title="Members" />;
}
