import { IconArrowNarrowRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { VisuallyHidden } from "@mantine/core";
import { useClient } from "../lib/client.tsx";
import {
  dayOf,
  formatDay,
  formatDuration,
  formatRelative,
  formatTime,
  formatUtc,
  formatWhen,
  formatWindow,
  windowEnds,
} from "../lib/dates.ts";
import { formatChange, formatCount, formatMoney, formatMoneyShort } from "../lib/numbers.ts";
import { useNow } from "../lib/use-now.ts";
import { cx } from "./cx.ts";
import classes from "./text.module.css";

/** What stands where a value is not known. */
export function Unknown() {
  return (
    <>
      <span aria-hidden>–</span>
      <VisuallyHidden>not known</VisuallyHidden>
    </>
  );
}

/** A count with separators; zero is dim, unknown (null, undefined) is a dash. */
export function Count({ value, dimZero = true }: { value: number | null | undefined; dimZero?: boolean | undefined }) {
  if (value === null || value === undefined) {
    return <Unknown />;
  }
  return <span className={value === 0 && dimZero ? classes.dim : undefined}>{formatCount(value)}</span>;
}

/** A change with its sign; no change is dim. */
export function Change({ value }: { value: number | null | undefined }) {
  if (value === null || value === undefined) {
    return <Unknown />;
  }
  return (
    <span className={value === 0 ? classes.dim : undefined}>{value === 0 ? "no change" : formatChange(value)}</span>
  );
}

/** Money of the present client from a decimal string: $1,000.00; with `short`, $25 as rewards and targets are named. */
export function Money({ amount, short = false }: { amount: string | null | undefined; short?: boolean | undefined }) {
  const { currency } = useClient();
  if (amount === null || amount === undefined) {
    return <Unknown />;
  }
  return <>{short ? formatMoneyShort(amount, currency) : formatMoney(amount, currency)}</>;
}

interface WhenProps {
  at: Date | null | undefined;
  /** `when` (default): "21 Nov 04:04", today "04:04"; `time`; `seconds`; `day`; `relative`: "6 h ago". */
  as?: "when" | "time" | "seconds" | "day" | "relative" | undefined;
  /** What stands there without a time. */
  never?: ReactNode;
}

/** An instant in the client's timezone, UTC in its title. */
export function When({ at, as = "when", never = "never" }: WhenProps) {
  const { timezone } = useClient();
  const now = useNow(as === "relative" ? 10_000 : 60_000);
  if (at === null || at === undefined) {
    return <span className={classes.dim}>{never}</span>;
  }
  const texts = {
    when: () => formatWhen(at, timezone, now),
    time: () => formatTime(at, timezone),
    seconds: () => formatTime(at, timezone, "seconds"),
    day: () => formatDay(dayOf(at, timezone), dayOf(now, timezone)),
    relative: () => formatRelative(at, now),
  };
  return (
    <time dateTime={at.toISOString()} title={formatUtc(at)} className={classes.nowrap}>
      {texts[as]()}
    </time>
  );
}

/** A calendar day ('YYYY-MM-DD'), its year dropped inside the current year. */
export function DayText({ day }: { day: string | null | undefined }) {
  const { timezone } = useClient();
  if (day === null || day === undefined) {
    return <Unknown />;
  }
  return (
    <time dateTime={day} className={classes.nowrap}>
      {formatDay(day, dayOf(new Date(), timezone))}
    </time>
  );
}

/** The arrow from one thing to another; readers hear "to". */
export function Arrow({ size = 16 }: { size?: number | undefined }) {
  return (
    <>
      <IconArrowNarrowRight size={size} stroke={1.75} aria-hidden className={classes.arrow} />
      <VisuallyHidden> to </VisuallyHidden>
    </>
  );
}

type Edge = Date | string | null | undefined;

/** A window "14 Aug → 14 Dec 2026". Ends are days or instants; an open side says so. */
export function WindowText({ start, end, none = "none" }: { start: Edge; end: Edge; none?: string | undefined }) {
  const { timezone } = useClient();
  const days = { start: edgeDay(start, timezone), end: edgeDay(end, timezone) };
  if (days.start === null && days.end === null) {
    return <span className={classes.dim}>{none}</span>;
  }
  const ends = windowEnds(days);
  return (
    <span className={classes.window} title={formatWindow(days)}>
      {ends.start ?? "any time"}
      <Arrow />
      {ends.end ?? "no end"}
    </span>
  );
}

function edgeDay(edge: Edge, timezone: string): string | null {
  if (edge === null || edge === undefined) {
    return null;
  }
  return typeof edge === "string" ? edge.slice(0, 10) : dayOf(edge, timezone);
}

/** How long something took; a dash while it is not known. */
export function Duration({ milliseconds }: { milliseconds: number | null | undefined }) {
  return milliseconds === null || milliseconds === undefined ? (
    <Unknown />
  ) : (
    <span className={classes.nowrap}>{formatDuration(milliseconds)}</span>
  );
}

/** A plan id, a code, a raw value. `rejected` puts the refused value of a row on the ground of failure. */
export function CodeText({ children, rejected = false }: { children: ReactNode; rejected?: boolean | undefined }) {
  return <code className={cx(classes.code, rejected && classes.rejected)}>{children}</code>;
}

/** An icon before a word, in one line: the goal of a mission, a kind of event. */
export function IconText({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.iconText}>
      <span className={classes.icon}>{icon}</span>
      <span>{children}</span>
    </span>
  );
}

/** Text of less weight: dim and of the same size. */
export function Dim({ children }: { children: ReactNode }) {
  return <span className={classes.dim}>{children}</span>;
}

/** The keys of a shortcut as they stand on a keyboard. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className={classes.keys}>
      <kbd className={classes.kbd}>{keys.join(" ")}</kbd>
    </span>
  );
}
