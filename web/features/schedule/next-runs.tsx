import { IconClockEdit } from "@tabler/icons-react";
import type { ClockChange } from "../../../server/schedule/schema.ts";
import { dayOf, formatRelative, timezoneName } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, IconText } from "../../ui/text.tsx";
import { changeText } from "./calendar-words.ts";
import { dueText } from "./schedule-words.ts";

interface Props {
  schedule: { next: Date[]; clockChanges: ClockChange[]; timezone: string };
  title?: string | undefined;
  note?: string | undefined;
}

/** The next five due times, by the schedule's clock and the client's UTC: the two part ways when clocks change. */
export function NextRuns({ schedule, title = "Next runs", note }: Props) {
  const now = useNow(30_000);
  return (
    <Panel flush title={title} note={note}>
      <DataTable
        bare
        label="Next runs"
        columns={columnsFor(schedule, now)}
        rows={schedule.next}
        rowKey={(at) => at.toISOString()}
        empty={<EmptyState title="This schedule is never due again" />}
      />
    </Panel>
  );
}

function columnsFor({ timezone, clockChanges }: Props["schedule"], now: Date): Column<Date>[] {
  const changes = new Map(clockChanges.map(({ day, minutes }) => [day, minutes]));
  return [
    {
      id: "local",
      header: timezoneName(timezone),
      cell: (at) => <time dateTime={at.toISOString()}>{dueText(at, timezone, now)}</time>,
    },
    { id: "utc", header: "UTC", quiet: true, cell: (at) => dueText(at, "UTC", now) },
    {
      id: "clock",
      header: "Clock",
      cell: (at) => {
        const minutes = changes.get(dayOf(at, timezone));
        return minutes === undefined ? (
          <Dim>as ever</Dim>
        ) : (
          <IconText icon={<IconClockEdit size={16} stroke={1.75} aria-hidden />}>{changeText(minutes)}</IconText>
        );
      },
    },
    { id: "in", header: "In", align: "right", quiet: true, cell: (at) => formatRelative(at, now) },
  ];
}
