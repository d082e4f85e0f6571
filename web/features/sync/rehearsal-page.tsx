import type { RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import type { StepName } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatTime, formatWhen, timezoneName } from "../../lib/dates.ts";
import { isNotFound } from "../../lib/errors.ts";
import { useStartRehearsal } from "../../lib/start-rehearsal.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { RehearsalRefusal } from "../../ui/rehearsal-banners.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { StatusChip } from "../../ui/status.tsx";
import { RehearsalActions } from "./rehearsal-actions.tsx";
import { RehearsalFigures } from "./rehearsal-figures.tsx";
import { RehearsalNames } from "./rehearsal-names.tsx";
import { RehearsalState } from "./rehearsal-state.tsx";
import { RehearsalSteps } from "./rehearsal-steps.tsx";
import { REHEARSAL_STATUS, REHEARSAL_WORDS, rehearsalSentence } from "./rehearsal-words.ts";
import { useRehearsal, useRehearsalSearch } from "./use-rehearsal.ts";

/** One rehearsal: what the night would do, step by step and by name, and that nothing of it was written. */
export function RehearsalPage() {
  const rehearsal = useRehearsal();
  if (rehearsal.data !== undefined) {
    return <Loaded rehearsal={rehearsal.data} />;
  }
  if (rehearsal.isError) {
    return <NoRehearsal error={rehearsal.error} onRetry={() => void rehearsal.refetch()} />;
  }
  return (
    <Page title="Rehearsal" sentence={<SkeletonText width="min(560px, 100%)" />}>
      <SkeletonBlock height={48} />
      <SkeletonBlock height={48} />
      <SkeletonBlock height={324} />
    </Page>
  );
}

function Loaded({ rehearsal }: { rehearsal: RehearsalDto }) {
  const { tab } = useRehearsalSearch();
  const again = useStartRehearsal();
  const start = () => again.startNow(rehearsal.importId === null ? {} : { importId: rehearsal.importId });
  return (
    <Page
      title="Rehearsal"
      chip={<StatusChip status={REHEARSAL_STATUS[rehearsal.status]}>{REHEARSAL_WORDS[rehearsal.status]}</StatusChip>}
      sentence={<Sentence rehearsal={rehearsal} />}
      actions={<RehearsalActions rehearsal={rehearsal} isStarting={again.isStarting} onAgain={start} />}
    >
      <RehearsalRefusal busy={again.busy} error={again.error} />
      <RehearsalState rehearsal={rehearsal} />
      <RehearsalFigures rehearsal={rehearsal} />
      <Tabs rehearsal={rehearsal} />
      {tab === "steps" ? (
        <RehearsalSteps rehearsal={rehearsal} />
      ) : (
        <RehearsalNames key={tab} rehearsal={rehearsal} kind={tab} />
      )}
    </Page>
  );
}

function Sentence({ rehearsal }: { rehearsal: RehearsalDto }) {
  const { timezone, currency } = useClient();
  const now = useNow(60_000);
  const { at } = rehearsal;
  const isToday = formatWhen(at, timezone, now) === formatTime(at, timezone);
  const time = isToday ? formatTime(at, timezone, "seconds") : formatWhen(at, timezone, now);
  const pieces = rehearsalSentence(rehearsal, currency, `${time} ${timezoneName(timezone)}`);
  return <>{pieces.map((piece) => (piece.strong === true ? <b key={piece.text}>{piece.text}</b> : piece.text))}</>;
}

function Tabs({ rehearsal }: { rehearsal: RehearsalDto }) {
  const { tab, open } = useRehearsalSearch();
  const { steps, totals, named } = rehearsal;
  // Of a step that was not played nothing is known, not even a nought.
  const known = (name: StepName, count: number) =>
    steps.some((step) => step.name === name && step.status === "succeeded") ? count : undefined;
  return (
    <PageTabs
      label="Parts of the rehearsal"
      value={tab}
      onChange={open}
      tabs={[
        { key: "steps", label: "Steps", count: steps.length },
        { key: "promoted", label: "Promoted", count: known("tiers", named.promoted) },
        { key: "demoted", label: "Demoted", count: known("tiers", named.demoted) },
        { key: "seeded", label: "Seeded", count: known("seed", totals.seeded) },
        { key: "completed", label: "Completed", count: known("progress", named.completed) },
        { key: "redemption", label: "Redemptions", count: known("redemptions", named.redemption) },
        { key: "created", label: "New creators", count: known("import", named.created) },
      ]}
    />
  );
}

function NoRehearsal({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Rehearsal">
      {isNotFound(error) ? (
        <EmptyState title="There is no rehearsal at this address">
          Rehearsals are kept for a week; then they are deleted.
        </EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
