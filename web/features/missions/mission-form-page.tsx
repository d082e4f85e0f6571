import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useClient } from "../../lib/client.tsx";
import { isNotFound } from "../../lib/errors.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { MissionForm } from "./mission-form.tsx";

/** The form of a new mission, or of the one that the address names. */
export function MissionFormPage() {
  const { missionId } = useParams({ strict: false });
  return missionId === undefined ? <NewMission /> : <EditMission key={missionId} missionId={missionId} />;
}

function NewMission() {
  return (
    <Page
      title="New mission"
      sentence="It starts as a draft unless you enable it. No row is written before it is seeded."
    >
      <RoleBanner />
      <MissionForm mission={null} />
    </Page>
  );
}

function EditMission({ missionId }: { missionId: string }) {
  const client = useClient();
  const { data, error, refetch } = useQuery(
    trpc.missions.get.queryOptions({ clientId: client.id, missionId }, { refetchOnWindowFocus: false }),
  );
  if (data !== undefined) {
    return (
      <Page
        title={`Edit ${data.name}`}
        crumb={data.name}
        sentence="Rows already there keep their window; a changed target applies to those not completed."
      >
        <RoleBanner />
        <MissionForm mission={data} />
      </Page>
    );
  }
  return (
    <Page title="Edit mission">
      {error === null ? <SkeletonBlock height={320} /> : null}
      {error !== null && isNotFound(error) ? (
        <EmptyState title="There is no mission at this address">It was removed, or the link is incomplete.</EmptyState>
      ) : null}
      {error !== null && !isNotFound(error) ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : null}
    </Page>
  );
}

function RoleBanner() {
  const reason = useClient().reasonFor("missions:write");
  return reason === undefined ? null : <Banner tone="quiet" title={reason} />;
}
