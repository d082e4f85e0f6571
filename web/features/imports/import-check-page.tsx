import { isNotFound } from "../../lib/errors.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { CheckedFile } from "./checked-file.tsx";
import { PastFile } from "./past-file.tsx";
import { useCheck } from "./use-check.ts";

/** One file: what importing it would do, or, once it was dealt with, what came of it. */
export function ImportCheckPage() {
  const { file, check, isWaiting } = useCheck();
  if (file.data !== undefined) {
    return isWaiting ? (
      <CheckedFile
        file={file.data}
        check={check.data}
        error={check.error}
        onRetry={() => {
          void file.refetch();
          void check.refetch();
        }}
      />
    ) : (
      <PastFile file={file.data} />
    );
  }
  if (file.isError) {
    return <NoFile error={file.error} onRetry={() => void file.refetch()} />;
  }
  return (
    <Page
      title={<SkeletonText width={240} large />}
      documentTitle="Check of a file"
      sentence={<SkeletonText width="min(360px, 100%)" />}
    >
      <SkeletonBlock height={72} />
      <SkeletonBlock height={240} />
    </Page>
  );
}

function NoFile({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="File">
      {isNotFound(error) ? (
        <EmptyState title="There is no file at this address">The link is incomplete.</EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
