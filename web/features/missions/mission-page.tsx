import { lazy, Suspense, useState } from "react";
import type { PreviewDto, WhatIf } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { isNotFound } from "../../lib/errors.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { BacktestFooter } from "./backtest-footer.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { MissionActions } from "./mission-actions.tsx";
import { MissionStateChip } from "./mission-cells.tsx";
import { MissionDialogs } from "./mission-dialogs.tsx";
import type { OpenDialog } from "./mission-dialogs.tsx";
import { MissionSentence } from "./mission-sentence.tsx";
import { PreviewFooter } from "./preview-footer.tsx";
import { PreviewTab } from "./preview-tab.tsx";
import { ProgressTab } from "./progress-tab.tsx";
import type { MissionTab } from "./search.ts";
import { SettingsTab } from "./settings-tab.tsx";
import { useMission, useMissionSearch } from "./use-mission.ts";

const BacktestTab = lazy(async () => ({ default: (await import("./backtest-tab.tsx")).BacktestTab }));

/** One mission: who would get it, who has it and how far they are, how it is set, what was done to it. */
export function MissionPage() {
  const { mission, preview, whatIf } = useMission();
  if (mission.isError && mission.data === undefined) {
    return <NoMission error={mission.error} onRetry={() => void mission.refetch()} />;
  }
  if (mission.data === undefined) {
    return (
      <Page
        title={<SkeletonText width={180} large />}
        documentTitle="Mission"
        sentence={<SkeletonText width="min(480px, 100%)" />}
      >
        <SkeletonBlock height={240} />
      </Page>
    );
  }
  return (
    <Loaded
      mission={mission.data}
      preview={preview.data}
      isStale={preview.isPlaceholderData}
      previewError={preview.error}
      onRetry={() => void preview.refetch()}
      whatIf={whatIf}
    />
  );
}

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  isStale: boolean;
  previewError: unknown;
  onRetry: () => void;
  whatIf: WhatIf | undefined;
}

function Loaded({ mission, preview, isStale, previewError, onRetry, whatIf }: Props) {
  const { search, open } = useMissionSearch();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const tab = search.tab ?? "preview";
  // While other terms are being counted the last numbers stay in sight, but nothing that speaks of them or acts on them does.
  const counted = preview?.mission.id === mission.id ? preview : undefined;
  const shown = isStale ? undefined : preview;
  return (
    <Page
      title={mission.name}
      chip={<MissionStateChip state={mission.state} />}
      sentence={<MissionSentence mission={mission} preview={shown} hasFailed={previewError !== null} />}
      actions={
        <MissionActions mission={mission} preview={shown} onOpen={(kind) => setDialog({ kind, mission, shown })} />
      }
      tabs={
        <Tabs
          tab={tab}
          seeded={preview?.counts.alreadySeeded}
          onChange={(next) => open({ tab: next === "preview" ? undefined : next })}
        />
      }
      footer={footerOf(tab, { mission, preview: shown, previewError, whatIf })}
    >
      {tab === "preview" ? (
        <PreviewTab
          mission={mission}
          preview={counted}
          isStale={isStale}
          error={previewError}
          onRetry={onRetry}
          whatIf={whatIf}
        />
      ) : null}
      {tab === "progress" ? <ProgressTab mission={mission} /> : null}
      {tab === "backtest" ? (
        <Suspense fallback={<SkeletonBlock height={320} />}>
          <BacktestTab mission={mission} />
        </Suspense>
      ) : null}
      {tab === "settings" ? <SettingsTab mission={mission} /> : null}
      {tab === "history" ? <HistoryTab mission={mission} /> : null}
      <MissionDialogs dialog={dialog} onClose={() => setDialog(null)} />
    </Page>
  );
}

type Shown = Pick<Props, "mission" | "preview" | "previewError" | "whatIf">;

function footerOf(tab: MissionTab, { mission, preview, previewError, whatIf }: Shown) {
  if (tab === "backtest" && mission.missionType !== "raffle") {
    return <BacktestFooter mission={mission} />;
  }
  const isCounted = tab === "preview" && (previewError === null || preview !== undefined);
  return isCounted ? <PreviewFooter preview={preview} whatIf={whatIf} /> : undefined;
}

function Tabs({
  tab,
  seeded,
  onChange,
}: {
  tab: MissionTab;
  seeded: number | undefined;
  onChange: (tab: MissionTab) => void;
}) {
  return (
    <PageTabs
      label="Parts of the mission"
      value={tab}
      onChange={onChange}
      tabs={[
        { key: "preview", label: "Preview" },
        { key: "progress", label: "Progress", count: seeded },
        { key: "backtest", label: "Backtest" },
        { key: "settings", label: "Settings" },
        { key: "history", label: "History" },
      ]}
    />
  );
}

function NoMission({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Mission">
      {isNotFound(error) ? (
        <EmptyState title="There is no mission at this address">It was removed, or the link is incomplete.</EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
