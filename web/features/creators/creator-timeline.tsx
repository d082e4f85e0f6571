import {
  IconArrowDown,
  IconArrowUp,
  IconCircleCheck,
  IconEqual,
  IconPlusMinus,
  IconTicket,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useState } from "react";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { ADJUSTMENT_WORDS, metricText, signedMetricText } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { FilterSelect } from "../../ui/filter-bar.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./creators.module.css";
import { timelineOf } from "./timeline.ts";
import type { TimelineEntry, TimelineKind } from "./timeline.ts";
import { TIMELINE_LIMIT, useCreatorHistory } from "./use-creator.ts";

const KINDS: { value: TimelineKind; label: string }[] = [
  { value: "tier", label: "tier moves" },
  { value: "seeded", label: "seedings" },
  { value: "completed", label: "completions" },
  { value: "redemption", label: "redemptions" },
  { value: "adjustment", label: "adjustments" },
];

interface Props {
  creator: CreatorDto;
  missions: readonly CreatorMissionDto[] | undefined;
}

/** What happened to the creator, newest first, each with the run or the person that did it where that is recorded. */
export function CreatorTimeline({ creator, missions }: Props) {
  const [kind, setKind] = useState<TimelineKind | undefined>(undefined);
  const { entries, error, retry } = useTimeline({ creator, missions });
  const shown = entries?.filter((entry) => kind === undefined || entry.kind === kind);
  return (
    <Panel
      title="Timeline"
      aside={<FilterSelect label="Show" value={kind} options={KINDS} onChange={setKind} all="all kinds" />}
    >
      {error === null ? null : <ErrorBanner error={error} onRetry={retry} />}
      {shown === undefined && error === null ? <SkeletonBlock height={240} /> : null}
      {shown?.length === 0 ? (
        <p className={classes.nothing}>
          {kind === undefined ? "Nothing is recorded yet." : "Nothing of this kind is recorded."}
        </p>
      ) : null}
      {shown === undefined || shown.length === 0 ? null : (
        <ol className={classes.timeline}>
          {shown.map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
      <Limit entries={shown} />
    </Panel>
  );
}

function useTimeline({ creator, missions }: Props) {
  const client = useClient();
  const ladder = useLadder();
  const { redemptions, adjustments, error, retry } = useCreatorHistory();
  const words = {
    tierName: (tierId: string) => ladder.byId(tierId)?.tierName ?? tierId,
    amount: (value: string) => metricText(value, client),
    change: (value: string) => signedMetricText(value, client),
    adjustment: (type: keyof typeof ADJUSTMENT_WORDS) => ADJUSTMENT_WORDS[type],
  };
  const entries =
    missions === undefined || redemptions === undefined || adjustments === undefined || !ladder.isLoaded
      ? undefined
      : timelineOf({ tierLog: creator.tierLog, missions, redemptions, adjustments }, words);
  return { entries, error, retry };
}

/** Said only where something may be missing. */
function Limit({ entries }: { entries: readonly TimelineEntry[] | undefined }) {
  const isFull = KINDS.some(
    ({ value }) => (entries ?? []).filter((entry) => entry.kind === value).length >= TIMELINE_LIMIT,
  );
  return isFull ? <p className={classes.nothing}>The newest {TIMELINE_LIMIT} of each kind.</p> : null;
}

const ICONS: Record<Exclude<TimelineKind, "tier">, Icon> = {
  seeded: IconUserPlus,
  completed: IconCircleCheck,
  redemption: IconTicket,
  adjustment: IconPlusMinus,
};
const MOVES: Record<NonNullable<TimelineEntry["move"]>, Icon> = {
  promoted: IconArrowUp,
  maintained: IconEqual,
  demoted: IconArrowDown,
};

function Entry({ entry }: { entry: TimelineEntry }) {
  const client = useClient();
  const EntryIcon = entry.kind === "tier" ? MOVES[entry.move ?? "maintained"] : ICONS[entry.kind];
  return (
    <li className={classes.entry}>
      <EntryIcon
        size={16}
        stroke={1.75}
        aria-hidden
        className={entry.kind === "completed" ? classes.doneIcon : classes.entryIcon}
      />
      <span>
        {entry.text}
        <span className={classes.entryFoot}>
          <When at={entry.at} />
          {entry.by === null ? null : ` · ${entry.by}`}
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
