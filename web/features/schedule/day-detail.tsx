import type { CalendarDay } from "../../../server/schedule/schema.ts";
import { formatDay, formatTime, timezoneName } from "../../lib/dates.ts";
import { PanelRow } from "../../ui/panel.tsx";
import { Row } from "../../ui/page.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import classes from "./calendar.module.css";
import { changeText, statusOfDue, wordOfDue } from "./calendar-words.ts";

interface Props {
  day: CalendarDay;
  timezone: string;
  today: string;
}

/** One day of the calendar in words: each due time with what came of it and why, and what ran besides. */
export function DayDetail({ day, timezone, today }: Props) {
  const isEmpty = day.dues.length === 0 && day.others.length === 0;
  return (
    <section className={classes.detail} aria-label={formatDay(day.day, today)}>
      <h3 className={classes.detailHead}>
        {formatDay(day.day, today)}
        <Dim> by the clock of {timezoneName(timezone)}</Dim>
      </h3>
      {day.clockChange === null ? null : <PanelRow>On this day {changeText(day.clockChange)}.</PanelRow>}
      {isEmpty ? (
        <PanelRow>
          <Dim>Nothing was due and nothing ran.</Dim>
        </PanelRow>
      ) : null}
      {day.dues.map((due) => (
        <PanelRow key={due.dueAt.toISOString()} end={due.run === null ? null : <RunLink number={due.run.number} />}>
          <Row gap={12}>
            <b className={classes.time}>{formatTime(due.dueAt, timezone)}</b>
            <StatusText status={statusOfDue(due)}>{wordOfDue(due)}</StatusText>
            <Dim>{due.reason ?? (due.state === "missed" ? "Nothing ran, and nobody has made up for it." : null)}</Dim>
          </Row>
        </PanelRow>
      ))}
      {day.others.map((run) => (
        <PanelRow key={run.number} end={<RunLink number={run.number} />}>
          <Dim>Started by hand, beside the schedule</Dim>
        </PanelRow>
      ))}
    </section>
  );
}
