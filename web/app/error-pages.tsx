import { Button } from "@mantine/core";
import { Link, useRouter } from "@tanstack/react-router";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { isNotFound } from "../lib/errors.ts";
import { ErrorBanner } from "../ui/banner.tsx";
import { Page, Row } from "../ui/page.tsx";
import { Frame } from "./frame.tsx";

/** An address that leads nowhere, or to a client one does not belong to: the two look the same. */
export function NotFoundPage() {
  return (
    <Frame>
      <Page
        title="Nothing is at this address"
        sentence="It was removed, the link is incomplete, or it belongs to a programme you are not a member of."
      >
        <Row>
          <Button component={Link} to="/" variant="filled">
            Go to the overview
          </Button>
        </Row>
      </Page>
    </Frame>
  );
}

/** A page that failed: the sentence, and a way to try again. What was saved is saved. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isNotFound(error)) {
    return <NotFoundPage />;
  }
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Frame>
      <Page title="This page could not be shown" sentence="Nothing was changed by it. What was saved before is saved.">
        <ErrorBanner error={error} onRetry={retry} />
      </Page>
    </Frame>
  );
}
