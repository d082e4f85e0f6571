import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import type { Bucket } from "../../../server/eligibility/schema.ts";
import { reasonText } from "../../lib/eligibility-words.ts";
import type { Ladder } from "../../lib/ladder.ts";
import { tierRule } from "../../lib/mission-words.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";

/** Whom a mission is judged for. */
export interface Judged {
  tierId: string;
  tierName: string | null;
}

/** Why a mission stands as it does for a creator who has no row: "Tier Silver; needs Gold or higher". */
export function missionReason(mission: CreatorMissionDto, creator: Judged, ladder: Ladder): string {
  return reasonText(
    { ...creator, bucket: mission.bucket, reason: mission.reason },
    tierRule(mission.tierEligibility, ladder),
  );
}

/** The page's sentence: the rows there are, bold, and what the other missions say. */
export function missionsSentence(missions: readonly CreatorMissionDto[]): { bold: string; rest: string } {
  const of = (bucket: Bucket) => missions.filter((mission) => mission.bucket === bucket);
  const rows = of("already_seeded");
  const completed = rows.filter((mission) => mission.progress?.status === "completed").length;
  const bold =
    rows.length === 0 ? "No row yet." : `${countOf(rows.length, "row")}, ${formatCount(completed)} completed.`;
  const no = of("not_eligible").length;
  const unknown = of("unknown").length;
  const clauses = [
    wouldText(of("will_create").map((mission) => mission.missionName)),
    no === 0
      ? ""
      : no === 1
        ? "1 mission does not apply."
        : `${formatCount(no)} missions do not apply, each for a reason.`,
    unknown === 0 ? "" : `${countOf(unknown, "mission")} cannot be judged.`,
  ];
  return { bold, rest: clauses.filter((clause) => clause !== "").join(" ") };
}

function wouldText(names: readonly string[]): string {
  if (names.length === 0) {
    return "";
  }
  return names.length <= 2
    ? `${names.join(" and ")} would be created now.`
    : `${formatCount(names.length)} missions would be created now.`;
}
