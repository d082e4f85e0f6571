import type { ReactNode } from "react";
import type { ClimbDto, CreatorMissionDto, WayDto } from "../../server/eligibility/explain/schema.ts";
import { metricText, signedMetricText } from "../lib/adjustment-words.ts";
import { useClient } from "../lib/client.tsx";
import { isPositive } from "../lib/amounts.ts";
import { explanationText } from "../lib/copy-text.ts";
import { verdictTitle } from "../lib/eligibility-words.ts";
import { shareOf } from "../lib/numbers.ts";
import { ProgressBar } from "./bars.tsx";
import { CopySentence } from "./copy.tsx";
import { DrawerSection } from "./drawer.tsx";
import classes from "./explanation.module.css";
import { TextLink } from "./link.tsx";
import { SeededRow } from "./seeded-row.tsx";
import { DayText, Dim } from "./text.tsx";
import { BUCKET_VERDICTS, GateTable, Verdict } from "./verdict.tsx";

/**
 * Why one creator stands with one mission as they do, for a drawer: verdict, gates, what would make it a yes, for a row what was
 * frozen and what changed since. `children` are facts of the page, `chip` stands under the verdict.
 */
export function Explanation({
  mission,
  chip,
  children,
}: {
  mission: CreatorMissionDto;
  chip?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      <Verdict verdict={BUCKET_VERDICTS[mission.bucket]} title={verdictTitle(mission)} chip={chip}>
        {mission.sentence}
      </Verdict>
      <GateTable gates={mission.gates} isDecided={mission.bucket !== "will_create"} />
      {mission.wouldChange.length === 0 ? null : (
        <DrawerSection title="What would make it a yes">
          {mission.climb === null ? null : <Climb climb={mission.climb} />}
          <ul className={classes.ways}>
            {mission.wouldChange.map((way) => (
              <li key={way.text}>
                {way.text} <WayLink way={way} missionId={mission.missionId} />
              </li>
            ))}
          </ul>
        </DrawerSection>
      )}
      {mission.progress === null ? null : <SeededRow mission={mission} row={mission.progress} />}
      {children}
    </>
  );
}

/** A sentence for the creator, where there is one to send. */
export function SayIt({ mission }: { mission: CreatorMissionDto }) {
  const client = useClient();
  const text = explanationText(mission, client);
  return text === null ? null : (
    <DrawerSection title="Say it to the creator">
      <CopySentence text={text} />
    </DrawerSection>
  );
}

/** "Sales of all time: $4,812.40 of $5,000.00 for Gold", with its bar. */
function Climb({ climb }: { climb: ClimbDto }) {
  const client = useClient();
  const what = client.vipMetric === "sales" ? "Sales" : "Units";
  return (
    <>
      <div className={classes.climbHead}>
        <span>
          {what} {climb.since === null ? "of all time" : "since "}
          {climb.since === null ? null : <DayText day={climb.since} />}
        </span>
        <span>
          <b>{metricText(climb.value, client)}</b>{" "}
          <Dim>
            of {metricText(climb.threshold, client)} for {climb.tierName}
          </Dim>
        </span>
      </div>
      <ProgressBar
        share={shareOf(climb.value, climb.threshold)}
        label={`${what} towards ${climb.tierName}`}
        height={6}
      />
      {isPositive(climb.pending.replace("-", "")) ? (
        <p className={classes.small}>
          With {signedMetricText(climb.pending, client)} of adjustments that the next sync applies.
        </p>
      ) : null}
    </>
  );
}

/** Where a way is taken; a promotion is the creator's to earn. */
function WayLink({ way, missionId }: { way: WayDto; missionId: string }) {
  const client = useClient();
  if (way.kind === "creator_tier") {
    return (
      <TextLink to="/c/$client/tiers" params={{ client: client.subdomain }}>
        Open the ladder
      </TextLink>
    );
  }
  return way.kind === "promotion" || !client.can("missions:write") ? null : (
    <TextLink to="/c/$client/missions/$missionId/edit" params={{ client: client.subdomain, missionId }}>
      Edit
    </TextLink>
  );
}
