import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { ActivationFactsDto, MissionDto } from "../../../server/missions/schema.ts";
import { countOf, formatCount, formatMoney } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { Row, Stack } from "../../ui/page.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import type { ActivationPlan } from "./activation-words.ts";
import { Ceiling, PlanFact, Unclear, WindowRange } from "./seed-facts.tsx";

interface Props {
  mission: MissionDto;
  facts: ActivationFactsDto | undefined;
  plan: ActivationPlan;
  /** The plan whose rows are created in the same step; undefined where none are. */
  seeding: PreviewDto | undefined;
  onClose: () => void;
}

/** What follows from an activation: rows woken and created, completions and their cost, windows that are over or short. */
export function ActivationFacts({ mission, facts, plan, seeding, onClose }: Props) {
  const state: Fact = { term: "State", value: <StateChange mission={mission} /> };
  if (facts === undefined) {
    return <Facts facts={[state, ...TERMS.map((term) => ({ term, value: <SkeletonText width={200} /> }))]} />;
  }
  const created =
    plan.replaced === 0 ? "as active" : `as active, ${formatCount(plan.replaced)} of them replacing others`;
  const counted: Fact[] = [
    { term: TERMS[0], value: <Rows count={plan.woken} meaning="dormant rows start to move" /> },
    { term: TERMS[1], value: <Rows count={plan.created} meaning={created} /> },
    { term: TERMS[2], value: <AtOnce mission={mission} facts={facts} /> },
    { term: TERMS[3], value: <Windows facts={facts} /> },
  ];
  const ofRows = seeding === undefined ? [] : factsOfRows(mission, seeding, onClose);
  return <Facts facts={[state, ...counted, ...ofRows]} />;
}

/** Of the rows that are created: the same as where they are seeded alone. */
function factsOfRows(mission: MissionDto, seeding: PreviewDto, onClose: () => void): Fact[] {
  return [
    { term: "New windows", value: <WindowRange mission={mission} preview={seeding} /> },
    { term: "Reward ceiling", value: <Ceiling preview={seeding} /> },
    { term: "Cannot be judged", value: <Unclear mission={mission} count={seeding.counts.unknown} onClose={onClose} /> },
    { term: "Plan", value: <PlanFact plan={seeding} onClose={onClose} /> },
  ];
}

const TERMS = ["Rows woken", "Rows created", "Complete at once", "Windows"] as const;

function Rows({ count, meaning }: { count: number; meaning: string }) {
  return count === 0 ? (
    <Dim>none</Dim>
  ) : (
    <>
      <b>{formatCount(count)}</b> <Dim>{meaning}</Dim>
    </>
  );
}

function StateChange({ mission }: { mission: MissionDto }) {
  return (
    <Row>
      <StatusText status="active">Enabled and activated</StatusText>
      <Dim>{mission.enabled ? "it was enabled, asleep" : "it was a draft: activating enables it too"}</Dim>
    </Row>
  );
}

function AtOnce({ mission, facts }: { mission: MissionDto; facts: ActivationFactsDto }) {
  if (facts.completeAtOnce === 0) {
    return (
      <Dim>
        {mission.missionType === "raffle"
          ? "a raffle completes nobody"
          : "none: no row that would be active has reached the target in its window"}
      </Dim>
    );
  }
  return (
    <>
      <b>{countOf(facts.completeAtOnce, "creator")}</b> <Dim>reached the target already</Dim>
      {facts.costAtOnce === null ? (
        <Dim>{mission.reward === null ? "; it has no reward" : "; the reward has no fixed value in money"}</Dim>
      ) : (
        <>
          <Dim>, which costs</Dim> <b>{formatMoney(facts.costAtOnce, facts.currency)}</b>
        </>
      )}
    </>
  );
}

function Windows({ facts }: { facts: ActivationFactsDto }) {
  const { windowsOver, windowsEndingSoon, dormantOver } = facts;
  if (windowsOver === 0 && windowsEndingSoon === 0) {
    return <Dim>none is over or ends within 3 days</Dim>;
  }
  return (
    <Stack gap={4}>
      {windowsOver === 0 ? null : (
        <Row>
          <StatusText status="warning">{countOf(windowsOver, "window")} over</StatusText>
          <Dim>
            {dormantOver === 0 ? "only late figures still move them" : `${formatCount(dormantOver)} never moved`}
          </Dim>
        </Row>
      )}
      {windowsEndingSoon === 0 ? null : (
        <StatusText status="warning">{countOf(windowsEndingSoon, "window")} ending within 3 days</StatusText>
      )}
    </Stack>
  );
}
