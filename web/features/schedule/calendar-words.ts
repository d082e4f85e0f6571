import type { CalendarDay, CalendarDue } from "../../../server/schedule/schema.ts";
import { formatDay, formatTime } from "../../lib/dates.ts";
import { countOf } from "../../lib/numbers.ts";
import { statusOfRun } from "../../ui/run-status.tsx";
import type { StatusName } from "../../ui/status.tsx";

/** A week of the calendar, Monday first; null where the 60 days have not begun or are over. */
export type Week = (CalendarDay | null)[];

/** The days in rows of seven, Monday first. */
export function weeksOf(days: readonly CalendarDay[]): Week[] {
  const [first] = days;
  if (first === undefined) {
    return [];
  }
  const lead = (new Date(`${first.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: Week = [...Array.from({ length: lead }, () => null), ...days];
  while (cells.length % 7 !== 0) {
    cells.push(null);
  }
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The status that stands for a due time. */
export function statusOfDue({ state, run }: CalendarDue): StatusName {
  if (state === "ran") {
    return run === null ? "done" : statusOfRun(run.status);
  }
  return state === "busy" ? "skipped" : state;
}

/** What a due time came to, in a word or two: "Run 418", "Missed". */
export function wordOfDue(due: CalendarDue): string {
  if ((due.state === "ran" || due.state === "late") && due.run !== null) {
    return `Run ${due.run.number}`;
  }
  return {
    ran: "Ran",
    late: "Late",
    missed: "Missed",
    paused: "Paused",
    busy: "Left out",
    held: "Held",
    waiting: "Due",
  }[due.state];
}

const WORST: CalendarDue["state"][] = ["missed", "held", "busy", "late", "waiting", "paused", "ran"];

/** What one cell shows of a day: the worst of its due times, else the last run by hand; null: nothing was due and nothing ran. */
export function faceOf({ dues, others }: CalendarDay): { status: StatusName; word: string } | null {
  const worst = WORST.flatMap((state) => dues.filter((due) => due.state === state))[0];
  if (worst !== undefined) {
    return { status: statusOfDue(worst), word: dues.length > 1 ? `${dues.length} due` : wordOfDue(worst) };
  }
  const other = others.at(-1);
  if (other === undefined) return null;
  const more = others.length === 1 ? "" : ` +${others.length - 1}`;
  return { status: statusOfRun(other.status), word: `Run ${other.number}${more}` };
}

/** The one run that a day came to; null where there are several, or none. */
export function onlyRunOf({ dues, others }: CalendarDay): number | null {
  const numbers = new Set([...dues.flatMap(({ run }) => run ?? []), ...others].map(({ number }) => number));
  return numbers.size === 1 ? [...numbers][0]! : null;
}

/** A day for readers: "21 Nov: 04:00 missed; run 12 besides". */
export function dayText(day: CalendarDay, timezone: string, today: string): string {
  const parts = day.dues.map((due) => `${formatTime(due.dueAt, timezone)} ${dueText(due)}`);
  const others = day.others.map(({ number }) => `run ${number} besides`);
  const change = day.clockChange === null ? [] : [changeText(day.clockChange)];
  const all = [...parts, ...others, ...change];
  return `${formatDay(day.day, today)}: ${all.length === 0 ? "nothing due" : all.join("; ")}`;
}

/** "run 12", "missed, run 13 made up for it". */
export function dueText({ state, run }: CalendarDue): string {
  switch (state) {
    case "ran":
      return run === null ? "ran" : `run ${run.number}`;
    case "late":
      return run === null ? "late" : `run ${run.number}, late`;
    case "missed":
      return run === null ? "missed" : `missed, run ${run.number} made up for it`;
    case "busy":
      return run === null ? "left out" : `left out, run ${run.number} was under way`;
    case "held":
      return run === null ? "left out" : `left out, run ${run.number} was held`;
    case "paused":
      return "paused";
    case "waiting":
      return "due now";
  }
}

/** "the clock goes forward 1 h". */
export function changeText(minutes: number): string {
  const size = Math.abs(minutes);
  return `the clock goes ${minutes > 0 ? "forward" : "back"} ${size % 60 === 0 ? `${size / 60} h` : `${size} min`}`;
}

/** How the days went, for the panel's head: "58 as planned, 2 missed"; before the first due time "nothing was due yet; 8 runs besides". */
export function calendarSum(days: readonly CalendarDay[]): string {
  const dues = days.flatMap((day) => day.dues);
  if (dues.length === 0) {
    const besides = days.reduce((sum, day) => sum + day.others.length, 0);
    return besides === 0 ? "nothing was due yet" : `nothing was due yet; ${countOf(besides, "run")} besides`;
  }
  const count = (states: CalendarDue["state"][]) => dues.filter((due) => states.includes(due.state)).length;
  const parts: [number, string][] = [
    [count(["ran"]), "as planned"],
    [count(["late"]), "late"],
    [count(["missed"]), "missed"],
    [count(["busy", "held", "paused"]), "left out"],
  ];
  return parts
    .filter(([number], index) => index === 0 || number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}
