import { useQuery } from "@tanstack/react-query";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { countOf, formatCount, formatMoneyShort } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim, Money, When, WindowText } from "../../ui/text.tsx";
import { PlanLink } from "./plans/plan-link.tsx";
import type { Plan } from "./plans/use-plan.ts";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  onClose: () => void;
}

/** What the rows of a seeding would look like, and what they could cost. */
export function SeedFacts({ mission, preview, onClose }: Props) {
  if (preview === undefined) {
    return <Facts facts={TERMS.map((term) => ({ term, value: <SkeletonText width={200} /> }))} />;
  }
  const facts: Fact[] = [
    { term: TERMS[0], value: <StatusWritten status={preview.statusToBeWritten} /> },
    { term: TERMS[1], value: <WindowRange mission={mission} preview={preview} /> },
    { term: TERMS[2], value: <Ceiling preview={preview} /> },
    { term: TERMS[3], value: <Unclear mission={mission} count={preview.counts.unknown} onClose={onClose} /> },
    { term: TERMS[4], value: <PlanFact plan={preview} onClose={onClose} /> },
  ];
  return <Facts facts={facts} />;
}

const TERMS = ["Status written", "Windows", "Reward ceiling", "Cannot be judged", "Plan"] as const;

/** Which plan it is and how old: the one that the page showed, unless it showed none. */
export function PlanFact({ plan: { planId, computedAt }, onClose }: { plan: Plan; onClose: () => void }) {
  return (
    <>
      {planId === null ? null : (
        <>
          <PlanLink planId={planId} onClick={onClose} />,{" "}
        </>
      )}
      exact, computed <When at={computedAt} as="seconds" />,{" "}
      <Dim>
        <When at={computedAt} as="relative" />
      </Dim>
    </>
  );
}

function StatusWritten({ status }: { status: "active" | "dormant" }) {
  return (
    <Row>
      <StatusText status={status} />
      <Dim>{status === "active" ? "moves with the next sync" : "wakes when the mission is activated"}</Dim>
    </Row>
  );
}

export function WindowRange({ mission, preview }: { mission: MissionDto; preview: PreviewDto }) {
  const client = useClient();
  const { data, error } = useQuery({
    ...trpc.eligibility.window.queryOptions({
      clientId: client.id,
      missionId: mission.id,
      ...(mission.enabled ? {} : { whatIf: { enabled: true } }),
    }),
    enabled: preview.counts.willCreate > 0,
  });
  if (preview.counts.willCreate === 0) {
    return <Dim>none</Dim>;
  }
  if (error !== null) {
    return <Dim>could not be read; the rows are not concerned</Dim>;
  }
  if (data === undefined) {
    return <SkeletonText width={200} />;
  }
  const { earliestStart, latestEnd, withoutStart, withoutEnd } = data;
  const open = [
    withoutStart === 0 ? null : `${countOf(withoutStart, "row")} without a start`,
    withoutEnd === 0 ? null : `${countOf(withoutEnd, "row")} without an end`,
  ].filter((text) => text !== null);
  return (
    <>
      <WindowText start={earliestStart} end={latestEnd} none="no dates" />{" "}
      <Dim>{open.length === 0 ? "first start to last end" : `first start to last end; ${open.join(", ")}`}</Dim>
    </>
  );
}

export function Ceiling({ preview }: { preview: PreviewDto }) {
  const { rewardCeiling, counts, mission } = preview;
  if (rewardCeiling !== null) {
    return (
      <>
        <Money amount={rewardCeiling.amount} />{" "}
        <Dim>
          {formatCount(counts.willCreate)} × {formatMoneyShort(rewardCeiling.each, rewardCeiling.currency)}, if all
          complete
        </Dim>
      </>
    );
  }
  if (mission.reward === null) {
    return <Dim>no reward is set yet</Dim>;
  }
  return counts.willCreate === 0 ? (
    <Dim>nothing new</Dim>
  ) : (
    <Dim>{mission.reward.name} has no fixed value in money</Dim>
  );
}

export function Unclear({ mission, count, onClose }: { mission: MissionDto; count: number; onClose: () => void }) {
  const client = useClient();
  if (count === 0) {
    return <Dim>nobody</Dim>;
  }
  return (
    <>
      <TextLink
        to="/c/$client/missions/$missionId"
        params={{ client: client.subdomain, missionId: mission.id }}
        search={{ bucket: "unknown" }}
        onClick={onClose}
      >
        {countOf(count, "creator")}
      </TextLink>{" "}
      {mission.isTierKnown
        ? "with a tier that is not in the ladder"
        : "because the mission's tier is not in the ladder"}
    </>
  );
}
