import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDotted,
  IconCircleX,
  IconClockExclamation,
  IconClockX,
  IconEyeOff,
  IconFlag,
  IconHandStop,
  IconHourglassEmpty,
  IconInfoCircle,
  IconLoader2,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import classes from "./status.module.css";

/** The five colour families of a status. Colour is never alone: each status has its own icon and word. */
export type Tone = "done" | "running" | "held" | "failed" | "quiet";

const STATUSES = {
  done: { tone: "done", icon: IconCircleCheck, word: "Done" },
  ready: { tone: "done", icon: IconCircleCheck, word: "Ready" },
  completed: { tone: "done", icon: IconCircleCheckFilled, word: "Completed" },
  active: { tone: "done", icon: IconPlayerPlay, word: "Active" },
  running: { tone: "running", icon: IconLoader2, word: "Running" },
  held: { tone: "held", icon: IconHandStop, word: "Held" },
  stale: { tone: "held", icon: IconClockExclamation, word: "Stale" },
  warning: { tone: "held", icon: IconAlertTriangle, word: "Warning" },
  warnings: { tone: "held", icon: IconAlertTriangle, word: "With warnings" },
  failed: { tone: "failed", icon: IconCircleX, word: "Failed" },
  missed: { tone: "failed", icon: IconClockX, word: "Missed" },
  blocks: { tone: "failed", icon: IconCircleX, word: "Blocks" },
  rejected: { tone: "failed", icon: IconCircleX, word: "Rejected" },
  late: { tone: "held", icon: IconClockExclamation, word: "Late" },
  paused: { tone: "quiet", icon: IconPlayerPause, word: "Paused" },
  asleep: { tone: "quiet", icon: IconMoon, word: "Asleep" },
  dormant: { tone: "quiet", icon: IconMoon, word: "Dormant" },
  enabled: { tone: "quiet", icon: IconMoon, word: "Enabled" },
  draft: { tone: "quiet", icon: IconCircleDashed, word: "Draft" },
  waiting: { tone: "quiet", icon: IconCircleDotted, word: "Waiting" },
  queued: { tone: "quiet", icon: IconCircleDotted, word: "Queued" },
  skipped: { tone: "quiet", icon: IconCircleDashed, word: "Skipped" },
  cancelled: { tone: "quiet", icon: IconCircleDashed, word: "Cancelled" },
  discarded: { tone: "quiet", icon: IconCircleDashed, word: "Discarded" },
  ended: { tone: "quiet", icon: IconFlag, word: "Ended" },
  undone: { tone: "quiet", icon: IconArrowBackUp, word: "Undone" },
  over: { tone: "quiet", icon: IconHourglassEmpty, word: "Over" },
  note: { tone: "quiet", icon: IconInfoCircle, word: "Note" },
  not_saved: { tone: "quiet", icon: IconEyeOff, word: "not saved" },
} as const satisfies Record<string, { tone: Tone; icon: Icon; word: string }>;

export type StatusName = keyof typeof STATUSES;

/** The family of a status, for grounds and lines around it. */
export function toneOf(status: StatusName): Tone {
  return STATUSES[status].tone;
}

/** The icon of a status alone, where its word stands beside it already. */
export function StatusIcon({ status, size = 16 }: { status: StatusName; size?: number | undefined }) {
  const { icon: StatusSymbol, tone } = STATUSES[status];
  return (
    <StatusSymbol
      size={size}
      stroke={1.75}
      aria-hidden
      className={cx(classes.icon, classes[tone], status === "running" && classes.spins)}
    />
  );
}

interface Props {
  status: StatusName;
  /** Replaces the usual word: "Enabled, asleep", "1 warning". */
  children?: ReactNode;
}

/** A status in a table: icon and word, on no ground. */
export function StatusText({ status, children }: Props) {
  const { tone, word } = STATUSES[status];
  return (
    <span className={cx(classes.text, classes[tone])}>
      <StatusIcon status={status} />
      <span className={isLoud(tone) ? classes.loud : undefined}>{children ?? word}</span>
    </span>
  );
}

/** Only what asks for attention colours its word; the calm states keep the second text colour. */
function isLoud(tone: Tone): boolean {
  return tone === "held" || tone === "failed";
}

/** A status beside a title or in a panel's head: icon and word on a ground of 20 px. */
export function StatusChip({ status, children }: Props) {
  const { tone, word } = STATUSES[status];
  return (
    <span className={cx(classes.chip, classes[tone])}>
      <StatusIcon status={status} size={14} />
      {children ?? word}
    </span>
  );
}
