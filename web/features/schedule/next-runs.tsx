import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { formatRelative, timezoneName } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { Column } from "../../ui/table-types.ts";
import { dueText } from "./schedule-words.ts";

/** The next five due times, by the programme's clock and in UTC: the two part ways when clocks change. */
export function NextRuns({ schedule }: { schedule: ScheduleDto }) {
  const now = useNow(30_000);
  return (
    <Panel flush title="Next runs" note={schedule.enabled ? undefined : "once it is switched on"}>
      <DataTable
        bare
        label="Next runs"
        columns={columnsFor(schedule.timezone, now)}
        rows={schedule.next}
        rowKey={(at) => at.toISOString()}
        empty={<EmptyState title="This schedule is never due again" />}
      />
    </Panel>
  );
}

function columnsFor(timezone: string, now: Date): Column<Date>[] {
  return [
    {
      id: "local",
      header: timezoneName(timezone),
      cell: (at) => <time dateTime={at.toISOString()}>{dueText(at, timezone, now)}</time>,
    },
    { id: "utc", header: "UTC", quiet: true, cell: (at) => dueText(at, "UTC", now) },
    { id: "in", header: "In", align: "right", quiet: true, cell: (at) => formatRelative(at, now) },
  ];
}
