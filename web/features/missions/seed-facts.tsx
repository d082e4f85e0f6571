import type { ReactNode } from "react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount, formatMoneyShort } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import { TextLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim, Money, When, WindowText } from "../../ui/text.tsx";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  onClose: () => void;
}

/** What the rows of a seeding would look like, and what they could cost. */
export function SeedFacts({ mission, preview, onClose }: Props) {
  const shown = (of: (found: PreviewDto) => ReactNode) =>
    preview === undefined ? <SkeletonText width={200} /> : of(preview);
  return (
    <Facts
      facts={[
        { term: "Status written", value: shown((found) => <StatusWritten status={found.statusToBeWritten} />) },
        { term: "Windows", value: shown((found) => <WindowRange preview={found} />) },
        { term: "Reward ceiling", value: shown((found) => <Ceiling preview={found} />) },
        {
          term: "Cannot be judged",
          value: shown((found) => <Unclear mission={mission} count={found.counts.unknown} onClose={onClose} />),
        },
        {
          term: "Counted",
          value: shown((found) => (
            <>
              <When at={found.computedAt} as="seconds" />{" "}
              <Dim>
                <When at={found.computedAt} as="relative" />
              </Dim>
            </>
          )),
        },
      ]}
    />
  );
}

function StatusWritten({ status }: { status: "active" | "dormant" }) {
  return (
    <>
      <StatusText status={status} />{" "}
      <Dim>{status === "active" ? "counts from the next sync on" : "wakes when the mission is activated"}</Dim>
    </>
  );
}

function WindowRange({ preview }: { preview: PreviewDto }) {
  const { earliestStart, latestEnd, withoutStart, withoutEnd } = preview.window;
  if (preview.counts.willCreate === 0) {
    return <Dim>none</Dim>;
  }
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

function Ceiling({ preview }: { preview: PreviewDto }) {
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

function Unclear({ mission, count, onClose }: { mission: MissionDto; count: number; onClose: () => void }) {
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
