import { useQuery } from "@tanstack/react-query";
import type { SourceDto } from "../../../server/imports/sources/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Columns, Page, Stack } from "../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import { ColumnsPanel } from "./columns-panel.tsx";
import { DecidedAliases } from "./decided-aliases.tsx";
import { SourceForm } from "./source-form.tsx";

/** Where the nightly file comes from, what its columns are called, and what was decided on handles that look like those of known creators. */
export function SourcePage() {
  const client = useClient();
  const source = useQuery(trpc.sources.get.queryOptions({ clientId: client.id }));
  const { data } = source;
  return (
    <Page
      title="Source of the file"
      sentence={data === undefined ? <SkeletonText width={320} /> : <Sentence source={data} />}
    >
      {source.isError && data === undefined ? (
        <ErrorBanner error={source.error} onRetry={() => void source.refetch()} />
      ) : null}
      {data === undefined ? (
        <SkeletonBlock height={320} />
      ) : (
        <>
          <LastLook source={data} />
          <Columns side={440}>
            <SourceForm key={String(data.updatedAt)} source={data} />
            <Stack>
              <ColumnsPanel source={data} />
              <DecidedAliases status="accepted" />
              <DecidedAliases status="dismissed" />
            </Stack>
          </Columns>
        </>
      )}
    </Page>
  );
}

function Sentence({ source }: { source: SourceDto }) {
  return source.kind === "https" ? (
    <>
      Every sync that takes a file <b>fetches it from {new URL(source.url ?? "https://-").host}</b>. Uploads come beside
      it.
    </>
  ) : (
    <>
      Every sync that takes a file takes <b>the newest of {source.inboxFolder}</b>. Uploads come beside it.
    </>
  );
}

/** What came of looking for a file the last time. */
function LastLook({ source }: { source: SourceDto }) {
  const { lastOutcome, lastMessage, lastFetchedAt } = source;
  if (lastOutcome === null || lastMessage === null) {
    return null;
  }
  const isBad = lastOutcome === "failed" || lastOutcome === "refused";
  return (
    <Banner tone={lastOutcome === "refused" ? "failed" : isBad ? "held" : "done"} title={lastMessage}>
      Last looked for <When at={lastFetchedAt} />.
      {isBad ? " The other steps of the sync ran on what was there, or wait for a retry without a file." : ""}
    </Banner>
  );
}
