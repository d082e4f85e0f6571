import type { ReactNode } from "react";
import type { ActivationFactsDto, MissionDto } from "../../../server/missions/schema.ts";
import { countOf, formatCount, formatMoney } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import type { ActivationPlan } from "./activation-words.ts";

interface Props {
  mission: MissionDto;
  facts: ActivationFactsDto | undefined;
  plan: ActivationPlan;
}

/** What follows from an activation: rows woken and created, completions and their cost, windows that are over or short. */
export function ActivationFacts({ mission, facts, plan }: Props) {
  const shown = (of: (found: ActivationFactsDto) => ReactNode) =>
    facts === undefined ? <SkeletonText width={200} /> : of(facts);
  return (
    <Facts
      facts={[
        { term: "State", value: <StateChange mission={mission} /> },
        { term: "Rows woken", value: shown(() => rows(plan.woken, "dormant rows start to move")) },
        {
          term: "Rows created",
          value: shown(() =>
            rows(
              plan.created,
              plan.replaced === 0 ? "as active" : `as active, ${formatCount(plan.replaced)} of them replacing others`,
            ),
          ),
        },
        { term: "Complete at once", value: shown((found) => <AtOnce mission={mission} facts={found} />) },
        { term: "Windows", value: shown((found) => <Windows facts={found} />) },
      ]}
    />
  );
}

function rows(count: number, meaning: string): ReactNode {
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
    <>
      <StatusText status="active">Enabled and activated</StatusText>{" "}
      <Dim>{mission.enabled ? "it was enabled, asleep" : "it was a draft: activating enables it too"}</Dim>
    </>
  );
}

function AtOnce({ mission, facts }: { mission: MissionDto; facts: ActivationFactsDto }) {
  if (facts.completeAtOnce === 0) {
    return (
      <Dim>
        {mission.missionType === "raffle"
          ? "a raffle completes nobody"
          : "nobody has reached the target in the window yet"}
      </Dim>
    );
  }
  return (
    <>
      <b>{countOf(facts.completeAtOnce, "creator")}</b> <Dim>reached the target already, which costs</Dim>{" "}
      {facts.costAtOnce === null ? <Dim>no fixed sum</Dim> : <b>{formatMoney(facts.costAtOnce, facts.currency)}</b>}
    </>
  );
}

function Windows({ facts }: { facts: ActivationFactsDto }) {
  const notes = [
    facts.windowsOver === 0 ? null : `${formatCount(facts.windowsOver)} over: only late figures still move them`,
    facts.windowsEndingSoon === 0 ? null : `${formatCount(facts.windowsEndingSoon)} end within 3 days`,
    facts.dormantOver === 0
      ? null
      : `${formatCount(facts.dormantOver)} of the dormant rows ran out without ever moving`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? (
    <Dim>none is over or ends within 3 days</Dim>
  ) : (
    <StatusText status="warning">{notes.join("; ")}</StatusText>
  );
}
