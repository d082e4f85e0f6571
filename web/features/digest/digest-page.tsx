import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, notFound } from "@tanstack/react-router";
import type { DigestDto } from "../../../server/digest/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, formatDay } from "../../lib/dates.ts";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { DigestRunPanel } from "./digest-run.tsx";
import { isDay } from "./search.ts";

const route = getRouteApi("/c/$client/digest");

/** What the syncs of a day changed, by name. */
export function DigestPage() {
  const { timezone } = useClient();
  const today = dayOf(useNow(60_000), timezone);
  const { day = today } = route.useSearch();
  if (!isDay(day)) {
    throw notFound();
  }
  return <DigestOf day={day} today={today} />;
}

function DigestOf({ day, today }: { day: string; today: string }) {
  const client = useClient();
  const navigate = route.useNavigate();
  const digest = useQuery(
    trpc.digest.get.queryOptions({ clientId: client.id, day }, { placeholderData: keepPreviousData }),
  );
  const go = (by: number) => {
    const to = shifted(day, by);
    void navigate({ search: { day: to === today ? undefined : to } });
  };
  return (
    <Page
      title={`Digest of ${formatDay(day, today)}`}
      crumb="Digest"
      sentence={
        digest.data?.day === day ? <Sentence digest={digest.data} /> : <SkeletonText width="min(420px, 100%)" />
      }
      actions={
        <>
          <ActionButton leftSection={<IconChevronLeft size={16} stroke={1.75} aria-hidden />} onClick={() => go(-1)}>
            Day before
          </ActionButton>
          <ActionButton
            rightSection={<IconChevronRight size={16} stroke={1.75} aria-hidden />}
            reason={day >= today ? "Tomorrow has not come yet." : undefined}
            onClick={() => go(1)}
          >
            Day after
          </ActionButton>
        </>
      }
    >
      {digest.isError ? (
        <ErrorBanner error={digest.error} onRetry={() => void digest.refetch()} />
      ) : digest.data?.day === day ? (
        <Runs digest={digest.data} />
      ) : (
        <SkeletonBlock height={320} />
      )}
    </Page>
  );
}

function shifted(day: string, by: number): string {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + by);
  return instant.toISOString().slice(0, 10);
}

/** The server's sentence without the day, which stands in the title. */
function Sentence({ digest: { title } }: { digest: DigestDto }) {
  const what = title.slice(title.indexOf(": ") + 2);
  return <b>{`${what.charAt(0).toUpperCase()}${what.slice(1)}.`}</b>;
}

function Runs({ digest: { runs } }: { digest: DigestDto }) {
  if (runs.length === 0) {
    return (
      <Panel>
        <EmptyState title="No sync ended on this day" action={<RunSyncLink />}>
          The digest tells what syncs changed; the schedule says when the next one runs.
        </EmptyState>
      </Panel>
    );
  }
  return runs.map((run) => <DigestRunPanel key={run.id} run={run} />);
}
