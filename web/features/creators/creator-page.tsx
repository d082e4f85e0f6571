import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { creatorText } from "../../lib/copy-text.ts";
import { isNotFound } from "../../lib/errors.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { CopyAction } from "../../ui/copy.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Columns, Page } from "../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { CreatorFacts } from "./creator-facts.tsx";
import { CreatorMissions } from "./creator-missions.tsx";
import { CreatorTimeline } from "./creator-timeline.tsx";
import { MissionDrawer } from "./mission-drawer.tsx";
import { TierChip } from "./tier-chip.tsx";
import { useCreator } from "./use-creator.ts";
import { missionsSentence } from "./verdict-words.ts";

/** One creator: where they stand, every mission with its verdict and the reason, and what happened. */
export function CreatorPage() {
  const { creator, missions, total } = useCreator();
  if (creator.data === undefined) {
    return creator.error === null ? (
      <Loading />
    ) : (
      <NoCreator error={creator.error} onRetry={() => void creator.refetch()} />
    );
  }
  const { handle, tierId } = creator.data;
  return (
    <Page
      title={`@${handle}`}
      chip={<TierChip tierId={tierId} />}
      sentence={<Sentence missions={missions.data} />}
      actions={<Actions creator={creator.data} missions={missions.data} />}
    >
      <CreatorFacts creator={creator.data} total={total} />
      <Columns side={280}>
        <CreatorMissions
          creator={creator.data}
          missions={missions.data}
          error={missions.error}
          onRetry={() => void missions.refetch()}
        />
        <CreatorTimeline />
      </Columns>
      <MissionDrawer creator={creator.data} missions={missions.data} />
    </Page>
  );
}

function Sentence({ missions }: { missions: readonly CreatorMissionDto[] | undefined }) {
  if (missions === undefined) {
    return <SkeletonText width="min(420px, 100%)" />;
  }
  const { bold, rest } = missionsSentence(missions);
  return (
    <>
      <b>{bold}</b> {rest}
    </>
  );
}

function Actions({ creator, missions }: { creator: CreatorDto; missions: readonly CreatorMissionDto[] | undefined }) {
  const client = useClient();
  return (
    <>
      {missions === undefined ? null : (
        <CopyAction text={creatorText(creator.handle, missions, client)} label="Copy sentence" />
      )}
      <Button
        component="a"
        href={`https://www.tiktok.com/@${encodeURIComponent(creator.handle)}`}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
      >
        TikTok
      </Button>
    </>
  );
}

function Loading() {
  return (
    <Page
      title={<SkeletonText width={160} large />}
      documentTitle="Creator"
      sentence={<SkeletonText width="min(420px, 100%)" />}
    >
      <SkeletonBlock height={48} />
      <SkeletonBlock height={320} />
    </Page>
  );
}

function NoCreator({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Creator">
      {isNotFound(error) ? (
        <EmptyState title="There is no creator at this address">
          The link is incomplete, or of another client.
        </EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
