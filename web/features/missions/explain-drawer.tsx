import { linkOptions } from "@tanstack/react-router";
import type { ExplainDto } from "../../../server/eligibility/explain/schema.ts";
import type { EligibilityFilters, EligibilityRow } from "../../../server/eligibility/schema.ts";
import { metricFigure } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, daysBetween } from "../../lib/dates.ts";
import { verdictTitle } from "../../lib/eligibility-words.ts";
import { isNotFound } from "../../lib/errors.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Explanation, SayIt } from "../../ui/explanation.tsx";
import { Facts } from "../../ui/facts.tsx";
import { TextLink } from "../../ui/link.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { StatusChip } from "../../ui/status.tsx";
import { DayText, Dim, WindowText } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { BUCKET_VERDICTS, Verdict } from "../../ui/verdict.tsx";
import { useExplanation, useNeighbours, useOpenCreator } from "./use-explain.ts";

/** Why the creator that the address names stands with this mission as they do; J and K walk the list behind. */
export function ExplainDrawer({ whatIf }: { whatIf: EligibilityFilters["whatIf"] }) {
  const { userId } = useOpenCreator();
  return userId === undefined ? null : <OpenDrawer userId={userId} whatIf={whatIf} />;
}

function OpenDrawer({ userId, whatIf }: { userId: string; whatIf: EligibilityFilters["whatIf"] }) {
  const client = useClient();
  const { show } = useOpenCreator();
  const { data, error, refetch } = useExplanation(userId, whatIf);
  const { row, position, onPrevious, onNext } = useNeighbours(userId, whatIf);
  const handle = data?.creator.handle ?? row?.handle;
  return (
    <Drawer
      opened
      onClose={() => show(undefined)}
      title={handle === undefined ? "Creator" : `@${handle}`}
      position={position}
      onPrevious={onPrevious}
      onNext={onNext}
      link={linkOptions({ to: "/c/$client/creators/$userId", params: { client: client.subdomain, userId } })}
    >
      {data !== undefined ? (
        <Explained explained={data} />
      ) : error === null ? (
        <Loading row={row} />
      ) : (
        <Failed error={error} onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}

function Explained({ explained }: { explained: ExplainDto }) {
  return (
    <>
      <Explanation mission={explained} chip={explained.isWhatIf ? <StatusChip status="not_saved" /> : undefined}>
        <DrawerSection title="The creator">
          <CreatorFacts explained={explained} />
        </DrawerSection>
      </Explanation>
      {explained.isWhatIf ? null : <SayIt mission={explained} />}
    </>
  );
}

function CreatorFacts({ explained }: { explained: ExplainDto }) {
  const client = useClient();
  const { creator } = explained;
  return (
    <Facts
      facts={[
        { term: "Tier", value: <TierName id={creator.tierId} /> },
        {
          term: client.vipMetric === "sales" ? "Sales, last 30 days" : "Units, last 30 days",
          value: metricFigure(creator.metric30Days, client),
        },
        {
          term: "Window",
          value: (
            <>
              <WindowText start={creator.windowStart} end={creator.windowEnd} none="no dates" />{" "}
              <DaysLeft explained={explained} />
            </>
          ),
        },
        {
          term: "Last video",
          value: creator.lastVideo === null ? <Dim>none</Dim> : <DayText day={creator.lastVideo} />,
        },
        { term: "All missions", value: <AllMissions creator={creator} /> },
      ]}
    />
  );
}

function DaysLeft({ explained }: { explained: ExplainDto }) {
  const { timezone } = useClient();
  const { windowEnd } = explained.creator;
  if (windowEnd === null) {
    return null;
  }
  const left = daysBetween(dayOf(explained.computedAt, timezone), dayOf(windowEnd, timezone));
  return <Dim>({left > 0 ? `${countOf(left, "day")} left` : "over, the next sync judges it"})</Dim>;
}

function AllMissions({ creator }: { creator: ExplainDto["creator"] }) {
  const client = useClient();
  return (
    <TextLink
      to="/c/$client/creators/$userId"
      params={{ client: client.subdomain, userId: creator.userId }}
      search={{}}
    >
      {countOf(creator.rows, "row")}, {formatCount(creator.completed)} completed
    </TextLink>
  );
}

/** What the list knows of the creator stands already; the rest keeps its place. */
function Loading({ row }: { row: EligibilityRow | undefined }) {
  return (
    <>
      {row === undefined ? (
        <SkeletonText width={220} large />
      ) : (
        <Verdict verdict={BUCKET_VERDICTS[row.bucket]} title={verdictTitle(row)}>
          <SkeletonText width={280} />
        </Verdict>
      )}
      <SkeletonBlock height={214} />
      <SkeletonBlock height={120} />
    </>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return isNotFound(error) ? (
    <EmptyState title="There is no such creator">The link is incomplete, or of another client.</EmptyState>
  ) : (
    <ErrorBanner error={error} onRetry={onRetry} />
  );
}
