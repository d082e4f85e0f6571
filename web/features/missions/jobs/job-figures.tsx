import type { JobOutcome, SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import type { SeedDto } from "../../../../server/seeding/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { formatCount } from "../../../lib/numbers.ts";
import { useNow } from "../../../lib/use-now.ts";
import { type Figure, Figures } from "../../../ui/facts.tsx";
import { TextLink } from "../../../ui/link.tsx";
import { Panel, PanelRow } from "../../../ui/panel.tsx";
import { Duration, Unknown } from "../../../ui/text.tsx";

/** Big: how many rows, and how long it has been at it. */
export function JobFigures({ job }: { job: SeedJobDto }) {
  const isRunning = job.status === "running";
  const now = useNow(1_000);
  const { outcome, startedAt } = job;
  const took = startedAt === null ? null : Math.max(0, (job.endedAt ?? now).getTime() - startedAt.getTime());
  const counts = outcome === null ? [{ label: "to create", value: formatCount(job.pairs) }] : countsOf(outcome);
  const time: Figure = {
    label: isRunning ? "working" : "worked",
    value: took === null ? <Unknown /> : <Duration milliseconds={took} />,
    running: isRunning,
  };
  return <Figures figures={job.status === "queued" && took === null ? counts : [...counts, time]} />;
}

/** Of a seeding they add up to all creators and missions; an activation knows no more than its own. */
function countsOf({ created, alreadySeeded, notEligible, unknown }: JobOutcome): Figure[] {
  const known = [
    { label: "created", value: formatCount(created) },
    { label: "already there", value: formatCount(alreadySeeded) },
  ];
  if (notEligible === null || unknown === null) {
    return known;
  }
  return [
    ...known,
    { label: "not eligible", value: formatCount(notEligible) },
    { label: "unclear", value: formatCount(unknown) },
    { label: "creators and missions", value: formatCount(created + alreadySeeded + notEligible + unknown) },
  ];
}

/** What it created, mission by mission; the numbers add up to its own. */
export function JobMissions({ seed }: { seed: SeedDto }) {
  const { subdomain: client } = useClient();
  const { perMission, created } = seed;
  return (
    <Panel title="Created per mission" note={formatCount(perMission.length)} flush>
      {perMission.map(({ missionId, name, created: rows }) => (
        <PanelRow key={missionId} end={formatCount(rows)}>
          <TextLink to="/c/$client/missions/$missionId" params={{ client, missionId }} search={{ tab: "progress" }}>
            {name}
          </TextLink>
        </PanelRow>
      ))}
      {perMission.length > 1 ? (
        <PanelRow end={<b>{formatCount(created)}</b>}>
          <b>All together</b>
        </PanelRow>
      ) : null}
    </Panel>
  );
}
