import type { CreatorMissionDto, SeededRowDto, TierRef } from "../../server/eligibility/explain/schema.ts";
import { useClient } from "../lib/client.tsx";
import { goalText } from "../lib/mission-words.ts";
import { SEED_SOURCES } from "../lib/seed-words.ts";
import { DrawerSection } from "./drawer.tsx";
import { Facts } from "./facts.tsx";
import type { Fact } from "./facts.tsx";
import { TextLink } from "./link.tsx";
import { MissionRowStatus, MissionValue, RedemptionWords, SeedRun } from "./mission-row.tsx";
import { Arrow, Dim, When, WindowText } from "./text.tsx";
import { TierName } from "./tier-name.tsx";

/** The row of a creator: what was frozen with it, who seeded it, how far it is, and what has changed since. */
export function SeededRow({ mission, row }: { mission: CreatorMissionDto; row: SeededRowDto }) {
  const { currency } = useClient();
  const { redemption } = mission;
  const facts: Fact[] = [
    { term: "Value", value: <MissionValue mission={mission} /> },
    { term: "Target", value: goalText(mission, currency) },
    { term: "Status", value: <MissionRowStatus mission={mission} /> },
    { term: "Window, frozen", value: <WindowText start={row.windowStart} end={row.windowEnd} none="no dates" /> },
    { term: "Seeded", value: <SeededBy mission={mission} row={row} /> },
    ...(row.completedAt === null ? [] : [{ term: "Completed", value: <When at={row.completedAt} /> }]),
    ...(redemption === null ? [] : [{ term: "Redemption", value: <RedemptionWords redemption={redemption} /> }]),
  ];
  return (
    <>
      <DrawerSection title="The row">
        <Facts facts={facts} />
      </DrawerSection>
      <DrawerSection title="Since then">
        <Facts facts={changesOf(row)} />
      </DrawerSection>
    </>
  );
}

function SeededBy({ mission, row: { seed, seededAt } }: { mission: CreatorMissionDto; row: SeededRowDto }) {
  const { subdomain } = useClient();
  if (seed === null) {
    return (
      <>
        <When at={seededAt} />, by hand in SQL, without a seeding
      </>
    );
  }
  return (
    <>
      <When at={seededAt} /> by {seed.byName}, {SEED_SOURCES[seed.source]}
      <SeedRun seed={seed} /> <Dim>·</Dim>{" "}
      <TextLink
        to="/c/$client/missions/$missionId"
        params={{ client: subdomain, missionId: mission.missionId }}
        search={{ tab: "history" }}
      >
        all seedings
      </TextLink>
    </>
  );
}

function changesOf({ since }: SeededRowDto): Fact[] {
  const { creatorTier, window, missionTier } = since;
  const isSameWindow =
    window.was.start?.getTime() === window.now.start?.getTime() &&
    window.was.end?.getTime() === window.now.end?.getTime();
  return [
    { term: "Creator's tier", value: <TierChange {...creatorTier} /> },
    { term: "Mission's tier", value: <TierChange {...missionTier} /> },
    {
      term: "Creator's window",
      value: isSameWindow ? (
        <Dim>unchanged</Dim>
      ) : (
        <>
          now <WindowText start={window.now.start} end={window.now.end} none="no dates" />
        </>
      ),
    },
  ];
}

function TierChange({ was, now }: { was: TierRef; now: TierRef }) {
  return was.tierId === now.tierId ? (
    <>
      <TierName id={now.tierId} /> <Dim>unchanged</Dim>
    </>
  ) : (
    <>
      <TierName id={was.tierId} /> <Arrow /> <TierName id={now.tierId} />
    </>
  );
}
