import { Checkbox } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { FunnelBar } from "../../ui/bars.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import type { Selection } from "../../ui/table-types.ts";
import { Dim, Unknown } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { MissionGoal, MissionReward, MissionStateText } from "./mission-cells.tsx";
import classes from "./missions.module.css";
import { insteadOfCounts } from "./uncounted-words.ts";

interface Props {
  mission: MissionDto;
  counts: MissionCountsDto | undefined | "failed";
  selection: Selection | undefined;
}

/** A mission on the phone: name and state, facts, five figures, funnel bar, and what is missing. */
export function MissionCard({ mission, counts, selection }: Props) {
  const client = useClient();
  const link = {
    to: "/c/$client/missions/$missionId",
    params: { client: client.subdomain, missionId: mission.id },
  } as const;
  const instead = insteadOfCounts(mission, counts);
  return (
    <>
      <div className={classes.cardHead}>
        <span className={classes.cardTick}>
          {selection === undefined ? null : <CardTick mission={mission} selection={selection} />}
          <RowLink {...link} className={classes.cardName}>
            {mission.name}
          </RowLink>
        </span>
        <MissionStateText state={mission.state} />
      </div>
      <div className={classes.cardFacts}>
        <MissionGoal mission={mission} />
        <span>
          <MissionReward mission={mission} />
        </span>
        <TierName id={mission.tierEligibility} andUp />
      </div>
      {instead === undefined ? <CardCounts counts={counts} isOpen={mission.enabled} /> : <Dim>{instead}</Dim>}
      {typeof counts === "object" && counts.notSeeded > 0 ? (
        <div className={classes.cardFoot}>
          <span className={classes.open}>
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
            {formatCount(counts.notSeeded)} not seeded yet
          </span>
          <TextLink {...link}>Preview</TextLink>
        </div>
      ) : null}
    </>
  );
}

function CardTick({ mission, selection }: { mission: MissionDto; selection: Selection }) {
  return (
    <Checkbox
      aria-label={selection.nameOf(mission.id)}
      checked={selection.selected.has(mission.id)}
      onChange={(event) => {
        const next = new Set(selection.selected);
        if (event.currentTarget.checked) {
          next.add(mission.id);
        } else {
          next.delete(mission.id);
        }
        selection.onChange(next);
      }}
    />
  );
}

interface CountsProps {
  counts: MissionCountsDto | undefined | "failed";
  /** A mission that is not enabled misses nobody. */
  isOpen: boolean;
}

function CardCounts({ counts, isOpen }: CountsProps) {
  const figures = [
    ["Eligible", "eligible"],
    ["Seeded", "seeded"],
    ["Active", "active"],
    ["Completed", "completed"],
    ["Not seeded", "notSeeded"],
  ] as const;
  return (
    <>
      <dl className={classes.cardCounts}>
        {figures.map(([label, key]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              {counts === undefined ? (
                <SkeletonText width={32} />
              ) : counts === "failed" || (key === "notSeeded" && !isOpen) ? (
                <Unknown />
              ) : (
                formatCount(counts[key])
              )}
            </dd>
          </div>
        ))}
      </dl>
      {typeof counts === "object" ? (
        <FunnelBar eligible={counts.eligible} seeded={counts.seeded} completed={counts.completed} />
      ) : null}
    </>
  );
}
