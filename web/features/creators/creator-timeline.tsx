import { Button } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconArrowsVertical,
  IconCalendarEvent,
  IconCircleCheck,
  IconEqual,
  IconPlusMinus,
  IconTicket,
  IconUser,
  IconUserMinus,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { AdjustmentType } from "../../../server/adjustments/schema.ts";
import type { TimelineEntry, TimelineKind } from "../../../server/creators/timeline/schema.ts";
import { ADJUSTMENT_WORDS, metricText, signedMetricText } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import { formatWindow } from "../../lib/dates.ts";
import { useLadder } from "../../lib/ladder.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./creators.module.css";
import { timelineText } from "./timeline.ts";
import type { TimelineWords } from "./timeline.ts";
import { useTimeline } from "./use-creator.ts";

const KINDS: { value: TimelineKind; label: string }[] = [
  { value: "tier", label: "tier moves" },
  { value: "seeded", label: "seedings" },
  { value: "completed", label: "completions" },
  { value: "redemption", label: "redemptions" },
  { value: "adjustment", label: "adjustments" },
];

/** What happened to the creator, newest first, each with the run or the person that did it where that is recorded. */
export function CreatorTimeline() {
  const { entries, kind, setKind, error, retry, more, isLoadingMore } = useTimeline();
  const ladder = useLadder();
  const isLoading = entries === undefined || !ladder.isLoaded;
  return (
    <Panel
      title="Timeline"
      aside={<FilterSelect label="Show" value={kind} options={KINDS} onChange={setKind} all="all kinds" />}
    >
      {error === null ? null : <ErrorBanner error={error} onRetry={retry} />}
      {isLoading && error === null ? <SkeletonBlock height={240} /> : null}
      {entries?.length === 0 ? (
        <p className={classes.nothing}>
          {kind === undefined ? "Nothing is recorded yet." : "Nothing of this kind is recorded."}
        </p>
      ) : null}
      {isLoading || entries.length === 0 ? null : (
        <ol className={classes.timeline}>
          {entries.map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
      {more === undefined ? null : (
        <Button className={classes.older ?? ""} size="xs" loading={isLoadingMore} onClick={more}>
          Show older
        </Button>
      )}
    </Panel>
  );
}

function useWords(): TimelineWords {
  const client = useClient();
  const ladder = useLadder();
  return {
    tierName: (tierId) => ladder.byId(tierId)?.tierName ?? tierId,
    amount: (value) => metricText(value, client),
    change: (value) => signedMetricText(value, client),
    adjustment: (type) => ADJUSTMENT_WORDS[type as AdjustmentType] ?? type,
    window: (start, end) => formatWindow({ start, end }),
  };
}

const ICONS: Record<TimelineEntry["event"], Icon> = {
  joined: IconUser,
  adjusted: IconPlusMinus,
  promoted: IconArrowUp,
  maintained: IconEqual,
  demoted: IconArrowDown,
  tier_changed: IconArrowsVertical,
  window_changed: IconCalendarEvent,
  seeded: IconUserPlus,
  row_removed: IconUserMinus,
  completed: IconCircleCheck,
  redeemed: IconTicket,
};

function Entry({ entry }: { entry: TimelineEntry }) {
  const client = useClient();
  const words = useWords();
  const EntryIcon = ICONS[entry.event];
  return (
    <li className={classes.entry}>
      <EntryIcon
        size={16}
        stroke={1.75}
        aria-hidden
        className={entry.event === "completed" ? classes.doneIcon : classes.entryIcon}
      />
      <span>
        {timelineText(entry, words)}
        <span className={classes.entryFoot}>
          <When at={entry.at} />
          {entry.byName === null ? null : ` · ${entry.byName}`}
          {entry.runNumber === null ? null : (
            <>
              {" · "}
              <TextLink
                to="/c/$client/sync/$number"
                params={{ client: client.subdomain, number: String(entry.runNumber) }}
                search={{}}
              >
                run {entry.runNumber}
              </TextLink>
            </>
          )}
        </span>
      </span>
    </li>
  );
}
