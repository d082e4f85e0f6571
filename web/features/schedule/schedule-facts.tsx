import { useQuery } from "@tanstack/react-query";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, formatDay } from "../../lib/dates.ts";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { Facts } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RunLink, RunStatusText } from "../../ui/run-status.tsx";
import { Row } from "../../ui/page.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { CodeText, Dim, When } from "../../ui/text.tsx";
import { changeText } from "./calendar-words.ts";

/** How the schedule is set, and what it will find. */
export function ScheduleFacts({ schedule }: { schedule: ScheduleDto }) {
  const now = useNow(60_000);
  const change = schedule.clockChanges.find(({ at }) => at > now);
  return (
    <Panel title="How it is set">
      <Facts
        facts={[
          { term: "Cron", value: <CodeText>{schedule.cron}</CodeText> },
          { term: "Clock", value: schedule.timezone },
          {
            term: "Clock change",
            value:
              change === undefined
                ? "None in the coming year."
                : `On ${formatDay(change.day, dayOf(now, schedule.timezone))} ${changeText(change.minutes)}. A time that is skipped runs at the next that exists; one that comes twice runs once.`,
          },
          {
            term: "Missed run",
            value:
              schedule.missedPolicy === "run"
                ? "Is run once as soon as possible, however many were missed."
                : "Is left out; the next due time runs.",
          },
          {
            term: "Busy",
            value:
              "If a run is under way at the due time, it goes on and the due one is left out; the calendar says so.",
          },
          { term: "Inbox", value: <CodeText>{schedule.inbox.folder}</CodeText> },
          { term: "Newest file", value: <NewestFile file={schedule.inbox.newestFile} /> },
          { term: "Last run", value: <LastRun /> },
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
