import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { NearMissKind } from "../../../../server/seeding/near-misses/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { errorText } from "../../../lib/errors.ts";
import { useLadder } from "../../../lib/ladder.ts";
import { tierRule } from "../../../lib/mission-words.ts";
import { TextButton } from "../../../ui/link.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonText } from "../../../ui/skeleton.tsx";
import { Dim } from "../../../ui/text.tsx";
import { useSupposed } from "../what-if/use-supposed.ts";
import { NearDrawer } from "./near-drawer.tsx";
import classes from "./near.module.css";
import { nearGoal, nearText, overText, reachedText } from "./near-words.ts";
import { useNearCounts, useNearSearch } from "./use-near-misses.ts";

/** Who nearly makes it: within 10 % of the tier, of the target. Each line opens its list. */
export function NearPanel({ mission, kinds }: { mission: MissionDto; kinds: readonly NearMissKind[] }) {
  const goalOf = useGoals(mission);
  const { kind } = useNearSearch();
  const shown = kinds.filter((one) => goalOf(one) !== undefined);
  const goal = kind === undefined ? undefined : goalOf(kind);
  if (shown.length === 0) {
    return null;
  }
  return (
    <Panel>
      <div className={classes.strip}>
        <h2 className={classes.title}>Near-misses</h2>
        <ul className={classes.list}>
          {shown.map((one) => (
            <NearLine key={one} mission={mission} kind={one} goal={goalOf(one) ?? ""} />
          ))}
        </ul>
      </div>
      {kind === undefined || goal === undefined ? null : <NearDrawer mission={mission} kind={kind} goal={goal} />}
    </Panel>
  );
}

/** What the mission's tier and target are called, as supposed. */
function useGoals(mission: MissionDto): (kind: NearMissKind) => string | undefined {
  const client = useClient();
  const ladder = useLadder();
  const { tier, target } = useSupposed(mission);
  const rule = tierRule(tier ?? mission.tierEligibility, ladder);
  const terms = { missionType: mission.missionType, targetValue: target ?? mission.targetValue };
  return (kind) => nearGoal(kind, terms, rule, client.currency);
}

function NearLine({ mission, kind, goal }: { mission: MissionDto; kind: NearMissKind; goal: string }) {
  const { data, error, isPlaceholderData } = useNearCounts(mission, kind);
  const { open } = useNearSearch();
  if (error !== null) {
    return <li className={classes.line}>{errorText(error)}</li>;
  }
  if (data === undefined || isPlaceholderData) {
    return (
      <li className={classes.line}>
        <SkeletonText width={176} />
      </li>
    );
  }
  const over = overText(data.over);
  return (
    <li className={classes.line}>
      {data.total === data.reached ? (
        <Dim>{nearText(data, goal)}</Dim>
      ) : (
        <TextButton onClick={() => open(kind)}>{nearText(data, goal)}</TextButton>
      )}
      {data.reached === 0 ? null : <TextButton onClick={() => open(kind)}>{reachedText(data.reached)}</TextButton>}
      {over === undefined ? null : <span className={classes.note}>{over}</span>}
    </li>
  );
}
