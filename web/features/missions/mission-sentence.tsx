import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { restOfSentence } from "./preview-words.ts";
import { supposedPrefix } from "./what-if/supposed-terms.ts";
import { useSupposed } from "./what-if/use-supposed.ts";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  hasFailed: boolean;
}

/** The sentence that matters: "212 of 1,284 creators would get Gold Sprint; 63 already have it; …" */
export function MissionSentence({ mission, preview, hasFailed }: Props) {
  const { currency } = useClient();
  const ladder = useLadder();
  const supposed = useSupposed(mission);
  if (preview === undefined || !ladder.isLoaded) {
    return hasFailed ? <>Who would get it could not be counted.</> : <SkeletonText width="min(480px, 100%)" />;
  }
  const { counts } = preview;
  const prefix = supposedPrefix(mission, supposed, ladder, currency);
  return (
    <>
      {prefix}
      <b>
        {formatCount(counts.willCreate)} of {countOf(counts.total, "creator")}
      </b>{" "}
      would get <em>{mission.name}</em>; {restOfSentence(counts)}
    </>
  );
}
