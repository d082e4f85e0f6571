import { useQuery } from "@tanstack/react-query";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatRelative, formatTime, shortWeekday, timezoneName } from "../../lib/dates.ts";
import { isNotFound } from "../../lib/errors.ts";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusChip } from "../../ui/status.tsx";
import classes from "./overview.module.css";

/** When the sync runs next, and whether it will find a file. */
export function NextSyncTile() {
  const client = useClient();
  const schedule = useQuery(trpc.schedule.get.queryOptions({ clientId: client.id }));
  if (schedule.data !== undefined) {
    return <Planned schedule={schedule.data} />;
  }
  const words = isNotFound(schedule.error) ? "Not planned" : "Not known";
  return (
    <Panel plain title="Next sync">
      <p className={classes.big}>{schedule.isError ? words : <SkeletonText width={200} large />}</p>
      <p className={classes.small}>
        {schedule.isError ? "The schedule could not be read." : <SkeletonText width={180} />}
      </p>
    </Panel>
  );
}

function Planned({ schedule }: { schedule: ScheduleDto }) {
  const client = useClient();
  const now = useNow(30_000);
  const { nextDueAt, timezone, newest } = { ...schedule, newest: schedule.inbox.newestFile };
  const file =
    newest === null
      ? "no file in the inbox yet"
      : newest.isTaken
        ? "no new file in the inbox yet"
        : `takes ${newest.name}`;
  return (
    <Panel plain title="Next sync" aside={<Chip schedule={schedule} />}>
      <p className={classes.big}>
        {schedule.pause !== null ? (
          "Paused"
        ) : schedule.enabled ? (
          <>
            {shortWeekday(nextDueAt, timezone)} {formatTime(nextDueAt, timezone)} {timezoneName(timezone)},{" "}
            {formatRelative(nextDueAt, now)}
          </>
        ) : (
          "Switched off"
        )}
      </p>
      <p className={classes.small}>
        <TextLink to="/c/$client/schedule" params={{ client: client.subdomain }}>
          {schedule.words}
        </TextLink>{" "}
        · {file}
      </p>
    </Panel>
  );
}

function Chip({ schedule }: { schedule: ScheduleDto }) {
  if (schedule.isMissed) {
    return <StatusChip status="failed">Missed</StatusChip>;
  }
  if (schedule.pause !== null) {
    return <StatusChip status="paused" />;
  }
  return <StatusChip status="waiting">{schedule.enabled ? "Planned" : "Off"}</StatusChip>;
}
