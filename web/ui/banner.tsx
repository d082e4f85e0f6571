import {
  IconCircleCheck,
  IconCircleX,
  IconClockExclamation,
  IconHandStop,
  IconInfoCircle,
  IconLoader2,
} from "@tabler/icons-react";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { errorText, isLostPlace } from "../lib/errors.ts";
import { firstPage } from "../lib/search.ts";
import classes from "./banner.module.css";
import { ButtonLink } from "./button-link.tsx";
import { cx } from "./cx.ts";
import type { Tone } from "./status.tsx";

const ICON = {
  done: IconCircleCheck,
  running: IconLoader2,
  held: IconClockExclamation,
  failed: IconCircleX,
  quiet: IconInfoCircle,
} as const;

interface Props {
  tone: Tone | "stopped";
  /** The bold first sentence: what happened. */
  title: ReactNode;
  /** What was kept, what it means. */
  children?: ReactNode;
  /** What to do, as links or small buttons. */
  actions?: ReactNode;
  /** The title in a line of its own, where it is a heading rather than a sentence. */
  stacked?: boolean | undefined;
}

/** A notice that stays on the page. `held` warns with a clock, `stopped` with a hand, both amber. */
export function Banner({ tone, title, children, actions, stacked = false }: Props) {
  const BannerIcon = tone === "stopped" ? IconHandStop : ICON[tone];
  return (
    <div
      role={tone === "failed" ? "alert" : "status"}
      className={cx(classes.banner, classes[tone === "stopped" ? "held" : tone])}
    >
      <BannerIcon size={18} stroke={1.75} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <span>
          <b className={cx(classes.title, stacked && classes.stacked)}>{title}</b> {children}
        </span>
        {actions === undefined ? null : <span className={classes.actions}>{actions}</span>}
      </div>
    </div>
  );
}

/** An error as a sentence on the page, with a way to try again where there is one. */
export function ErrorBanner({
  error,
  title,
  onRetry,
}: {
  error: unknown;
  title?: string | undefined;
  onRetry?: (() => void) | undefined;
}) {
  if (isLostPlace(error)) {
    return <LostPlace />;
  }
  return (
    <Banner
      tone="failed"
      title={title ?? errorText(error)}
      actions={
        onRetry === undefined ? undefined : (
          <Button size="xs" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {title === undefined ? null : errorText(error)}
    </Banner>
  );
}

/** Trying again would ask for the same place; the list has others. */
function LostPlace() {
  return (
    <Banner
      tone="held"
      title="This address does not lead to a page of the list."
      actions={
        <ButtonLink size="xs" to="." search={(old) => ({ ...old, ...firstPage })}>
          First page
        </ButtonLink>
      }
    >
      It was cut, or belongs to another list.
    </Banner>
  );
}
