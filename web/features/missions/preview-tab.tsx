import type { PreviewDto, WhatIf } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { useIsPhone } from "../../ui/data-table.tsx";
import { TextLink } from "../../ui/link.tsx";
import { cx } from "../../ui/cx.ts";
import { Columns, Stack } from "../../ui/page.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { StatusChip } from "../../ui/status.tsx";
import { BucketTabs } from "./bucket-sum.tsx";
import { ExplainDrawer } from "./explain-drawer.tsx";
import { tierRule } from "../../lib/mission-words.ts";
import { PreviewFilters } from "./preview-filters.tsx";
import { PreviewList } from "./preview-list.tsx";
import { CeilingPanel, TierPanel } from "./preview-side.tsx";
import { PreviewWaterfall } from "./preview-waterfall.tsx";
import classes from "./missions.module.css";
import { NearPanel } from "./near-misses/near-panel.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { useSupposed } from "./what-if/use-supposed.ts";
import { WhatIfBar } from "./what-if/what-if-bar.tsx";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  error: unknown;
  onRetry: () => void;
  whatIf: WhatIf | undefined;
  /** The numbers are of the terms before, while the present ones are counted. */
  isStale: boolean;
}

/** Who would get the mission, who not, and why: the way down, the sum, and everybody by name. */
export function PreviewTab({ mission, preview, isStale, error, onRetry, whatIf }: Props) {
  const { search, filter } = useMissionSearch();
  const ladder = useLadder();
  const isPhone = useIsPhone();
  const { tier } = useSupposed(mission);
  const rule = tierRule(tier ?? mission.tierEligibility, ladder);
  if (error !== null && preview === undefined) {
    return (
      <>
        <WhatIfBar mission={mission} />
        <ErrorBanner error={error} title="Who would get it could not be counted." onRetry={onRetry} />
      </>
    );
  }
  const answer =
    preview === undefined || !ladder.isLoaded ? (
      <SkeletonBlock height={314} />
    ) : (
      <Columns>
        <Stack>
          <PreviewWaterfall preview={preview} rule={rule} />
          <NearPanel mission={mission} kinds={["tier", "target"]} />
        </Stack>
        <Stack>
          <TierPanel preview={preview} />
          <CeilingPanel preview={preview} />
        </Stack>
      </Columns>
    );
  const sum = (
    <BucketTabs
      counts={preview?.counts}
      value={search.bucket ?? "will_create"}
      onChange={(bucket) => filter({ bucket: bucket === "will_create" ? undefined : bucket, reason: undefined })}
      chip={whatIf === undefined ? undefined : <StatusChip status="not_saved" />}
    />
  );
  return (
    <>
      {mission.enabled ? null : <DraftBanner missionId={mission.id} isCounted={whatIf?.enabled === true} />}
      <WhatIfBar mission={mission} />
      <div className={cx(classes.answer, isStale && classes.stale)} aria-busy={isStale}>
        {isPhone ? sum : answer}
        {isPhone ? answer : sum}
      </div>
      <PreviewFilters preview={preview} whatIf={whatIf} />
      <PreviewList preview={preview} rule={rule} whatIf={whatIf} />
      <ExplainDrawer whatIf={whatIf} />
    </>
  );
}

function DraftBanner({ missionId, isCounted }: { missionId: string; isCounted: boolean }) {
  const client = useClient();
  return (
    <Banner
      tone="quiet"
      title={
        isCounted ? "Draft: counted as if it were enabled, nothing saved." : "Draft: counted as it is, not enabled."
      }
      actions={
        client.can("missions:write") ? (
          <TextLink to="/c/$client/missions/$missionId/edit" params={{ client: client.subdomain, missionId }}>
            Edit the draft
          </TextLink>
        ) : undefined
      }
    >
      It can be seeded once it is enabled; activating enables it too.
    </Banner>
  );
}
