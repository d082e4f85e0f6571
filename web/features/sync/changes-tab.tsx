import type { RunChangesDto } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { ChangeCounts } from "./change-counts.tsx";
import { CHANGE_WORDS, type NamedKind } from "./change-words.ts";
import { RunNames } from "./run-names.tsx";
import type { ChangeTab } from "./search.ts";
import { SeededNames } from "./seeded-names.tsx";
import { useRunChanges } from "./use-changes.ts";
import { useRunSearch } from "./use-run.ts";

/** What the run changed: one list of names per kind, and what is only counted. */
export function ChangesTab({ run }: { run: RunDto }) {
  const { kind, openKind } = useRunSearch();
  const changes = useRunChanges(run);
  if (changes.data === undefined) {
    return changes.isError ? (
      <ErrorBanner error={changes.error} onRetry={() => void changes.refetch()} />
    ) : (
      <SkeletonBlock height={324} />
    );
  }
  const shown = kind ?? firstOf(changes.data);
  return (
    <>
      <PageTabs label="Kinds of changes" value={shown} onChange={openKind} tabs={tabsOf(changes.data)} />
      <List key={shown} run={run} changes={changes.data} shown={shown} />
    </>
  );
}

const KINDS = Object.keys(CHANGE_WORDS) as NamedKind[];

/** The first kind that has something; of a run that changed nobody the counts. */
function firstOf({ counts }: RunChangesDto): ChangeTab {
  return KINDS.find((kind) => counts[kind] > 0) ?? "counts";
}

function tabsOf({ counts }: RunChangesDto) {
  const named = KINDS.map((kind) => ({ key: kind as ChangeTab, label: CHANGE_WORDS[kind].label, count: counts[kind] }));
  return [...named, { key: "counts" as ChangeTab, label: "Only counted" }];
}

function List({ run, changes, shown }: { run: RunDto; changes: RunChangesDto; shown: ChangeTab }) {
  if (shown === "counts") {
    return <ChangeCounts run={run} changes={changes} />;
  }
  if (shown === "seeded") {
    return <SeededNames run={run} changes={changes} />;
  }
  return <RunNames run={run} changes={changes} kind={shown} />;
}
