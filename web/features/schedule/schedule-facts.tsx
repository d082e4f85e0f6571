import { useQuery } from "@tanstack/react-query";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RunLink, RunStatusText } from "../../ui/run-status.tsx";
import { Row } from "../../ui/page.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { CodeText, Dim, When } from "../../ui/text.tsx";

/** How the schedule is set, and what it will find. */
export function ScheduleFacts({ schedule }: { schedule: ScheduleDto }) {
  return (
    <Panel title="How it is set" note="read only">
      <Facts
        facts={[
          { term: "Cron", value: <CodeText>{schedule.cron}</CodeText> },
          { term: "Clock", value: schedule.timezone },
          { term: "Inbox", value: <CodeText>{schedule.inbox.folder}</CodeText> },
          { term: "Newest file", value: <NewestFile file={schedule.inbox.newestFile} /> },
          { term: "Last run", value: <LastRun /> },
          {
            term: "Missed run",
            value: "Is run once as soon as Muster is up again, however many were missed.",
          },
          {
            term: "Busy",
            value: "If a run is under way at the due time, it goes on and the due one is left out; the audit says so.",
          },
          {
            term: "Clock change",
            value: "A time that is skipped runs at the next that exists; one that comes twice runs once.",
          },
          { term: "To change it", value: "It is set with the programme. This page shows it and changes nothing." },
        ]}
      />
    </Panel>
  );
}

function NewestFile({ file }: { file: ScheduleDto["inbox"]["newestFile"] }) {
  if (file === null) {
    return <Dim>none that is finished; the run does without</Dim>;
  }
  return (
    <>
      {file.name}, <When at={file.modifiedAt} />
      {file.isTaken ? "; it was read before, so the run does without a file" : "; the next run takes it"}
    </>
  );
}

function LastRun() {
  const client = useClient();
  const { data, isError } = useQuery(trpc.sync.list.queryOptions({ clientId: client.id, limit: 1 }));
  const run = data?.rows[0];
  if (data === undefined) {
    return isError ? <Dim>could not be read</Dim> : <SkeletonText width={160} />;
  }
  if (run === undefined) {
    return <Dim>none yet</Dim>;
  }
  return (
    <Row gap={8}>
      <RunLink number={run.number}>Run {run.number}</RunLink>
      <RunStatusText status={run.status} />
      <When at={run.startedAt ?? run.createdAt} />
    </Row>
  );
}
