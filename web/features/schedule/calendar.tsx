import { IconClockEdit } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { CalendarDay, CalendarDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, formatDay } from "../../lib/dates.ts";
import { trpc } from "../../lib/trpc.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { cx } from "../../ui/cx.ts";
import { moveInGrid } from "../../ui/grid-keys.ts";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { StatusIcon, toneOf } from "../../ui/status.tsx";
import classes from "./calendar.module.css";
import { calendarSum, changeText, dayText, faceOf, onlyRunOf, weeksOf } from "./calendar-words.ts";
import { DayDetail } from "./day-detail.tsx";

const route = getRouteApi("/c/$client/schedule");
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The last 60 days, expected and actual; a cell opens its run, or tells the day below where there is no single one. */
export function ScheduleCalendar() {
  const client = useClient();
  const calendar = useQuery(trpc.schedule.calendar.queryOptions({ clientId: client.id }, { refetchInterval: 60_000 }));
  const days = calendar.data?.days;
  return (
    <Panel flush title="The last 60 days" note={days === undefined ? undefined : calendarSum(days)}>
      {calendar.data !== undefined ? (
        <Weeks calendar={calendar.data} />
      ) : calendar.isError ? (
        <div className={classes.inset}>
          <ErrorBanner error={calendar.error} onRetry={() => void calendar.refetch()} />
        </div>
      ) : (
        <div className={classes.inset}>
          <SkeletonBlock height={470} />
        </div>
      )}
    </Panel>
  );
}

function Weeks({ calendar: { days, timezone } }: { calendar: CalendarDto }) {
  const { day: chosen } = route.useSearch();
  const today = dayOf(useNow(60_000), timezone);
  const detail = days.find((day) => day.day === chosen);
  return (
    <>
      {/* The arrow keys are a second way: every cell is a link or a button of its own. */}
      <table className={classes.table} aria-label="Expected and actual runs of the last 60 days" onKeyDown={moveInGrid}>
        <thead>
          <tr>
            {WEEKDAYS.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week) => (
            <tr key={week.find((day) => day !== null)?.day}>
              {week.map((day, index) => (
                <td key={day?.day ?? index}>
                  {day === null ? null : <Cell day={day} isFirst={day === days[0]} {...{ timezone, today, chosen }} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {detail === undefined ? null : <DayDetail day={detail} timezone={timezone} today={today} />}
    </>
  );
}

interface CellProps {
  day: CalendarDay;
  /** names its month, as the first of a month does */
  isFirst: boolean;
  timezone: string;
  today: string;
  chosen: string | undefined;
}

function Cell({ day, isFirst, timezone, today, chosen }: CellProps) {
  const client = useClient();
  const run = onlyRunOf(day);
  const label = dayText(day, timezone, today);
  const face = faceOf(day);
  const shared = {
    "data-cell": true,
    "aria-label": label,
    title: label,
    className: cx(
      classes.cell,
      face !== null && classes[toneOf(face.status)],
      day.day === today && classes.today,
      day.day === chosen && classes.chosen,
    ),
  };
  const inside = <Inside day={day} face={face} name={nameOf(day.day, isFirst, today)} />;
  if (run !== null) {
    return (
      <Link to="/c/$client/sync/$number" params={{ client: client.subdomain, number: String(run) }} {...shared}>
        {inside}
      </Link>
    );
  }
  return (
    <Link
      from="/c/$client/schedule"
      to="."
      search={{ day: day.day === chosen ? undefined : day.day }}
      resetScroll={false}
      replace
      {...shared}
    >
      {inside}
    </Link>
  );
}

function nameOf(day: string, isFirst: boolean, today: string): string {
  return isFirst || day.endsWith("-01") ? formatDay(day, today) : String(Number(day.slice(8)));
}

function Inside({ day, face, name }: { day: CalendarDay; face: ReturnType<typeof faceOf>; name: string }) {
  return (
    <>
      <span className={classes.date}>
        {name}
        {day.clockChange === null ? null : (
          <IconClockEdit size={14} stroke={1.75} aria-hidden className={classes.clock}>
            <title>{changeText(day.clockChange)}</title>
          </IconClockEdit>
        )}
      </span>
      {face === null ? null : (
        <span className={classes.face}>
          <StatusIcon status={face.status} />
          <span className={classes.word}>{face.word}</span>
        </span>
      )}
    </>
  );
}
