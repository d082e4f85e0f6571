import type { SeedDto } from "../../../server/seeding/schema.ts";
import type { UndoDto } from "../../../server/seeding/undo/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { SeededBy, SeededMissions } from "./seeding-cells.tsx";
import { undoneText } from "./undo-words.ts";

interface Props {
  seed: SeedDto | undefined;
  preview: UndoDto | undefined;
  onClose: () => void;
}

/** Which seeding it is: who made it and when, and what goes and stays in each of its missions. */
export function UndoFacts({ seed, preview, onClose }: Props) {
  if (seed === undefined || preview === undefined) {
    return <Facts facts={TERMS.map((term) => ({ term, value: <SkeletonText width={200} /> }))} />;
  }
  const facts: (Fact | null)[] = [
    {
      term: TERMS[0],
      value: (
        <>
          <When at={seed.at} />, by <SeededBy seed={seed} onClose={onClose} />
        </>
      ),
    },
    { term: TERMS[1], value: <Then seed={seed} /> },
    { term: TERMS[2], value: <SeededMissions seed={seed} /> },
    quietMissions(preview),
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

const TERMS = ["Seeded", "Created then", "Missions"] as const;

/** The counts of the moment of seeding, over all missions it took in. */
function Then({ seed }: { seed: SeedDto }) {
  return (
    <>
      {countOf(seed.created, "row")}{" "}
      <Dim>
        {formatCount(seed.alreadySeeded)} were there, {formatCount(seed.notEligible)} not eligible,{" "}
        {formatCount(seed.unknown)} not judged
      </Dim>
    </>
  );
}

/** Missions that are off already, or keep all their rows: nothing is to be decided for them. */
function quietMissions({ perMission, missionsStillEnabled }: UndoDto): Fact | null {
  const quiet = perMission.filter(({ missionId }) => !missionsStillEnabled.some(({ id }) => id === missionId));
  if (perMission.length < 2 || quiet.length === 0) {
    return null;
  }
  return {
    term: "Not enabled already",
    value: quiet.map((mission) => `${mission.name}: ${undoneText(mission)}`).join("; "),
  };
}
