import type { ReactNode } from "react";
import { formatDuration } from "../lib/dates.ts";
import { ProgressBar } from "./bars.tsx";
import { cx } from "./cx.ts";
import { StatusIcon } from "./status.tsx";
import type { StatusName } from "./status.tsx";
import classes from "./step-list.module.css";
import { Arrow } from "./text.tsx";

export interface Step {
  number: number;
  name: string;
  status: Extract<StatusName, "done" | "running" | "held" | "warning" | "failed" | "waiting" | "skipped" | "cancelled">;
  /** "1,250 rows". */
  input?: ReactNode;
  /** "1,141 written". */
  output?: ReactNode;
  message?: ReactNode;
  milliseconds?: number | null | undefined;
  /** 0 to 1; only where the total is known. */
  share?: number | undefined;
}

/** The steps of a run, one row each: what went in, what came out, what it says, how long it took. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={classes.list}>
      {steps.map((step) => (
        <StepRow key={step.number} step={step} />
      ))}
    </ol>
  );
}

const LATER = new Set<Step["status"]>(["waiting", "skipped", "cancelled"]);

function StepRow({ step }: { step: Step }) {
  const isLater = LATER.has(step.status);
  return (
    <li className={cx(classes.step, classes[step.status], isLater && classes.later)}>
      <span className={classes.number}>{step.number}</span>
      <StatusIcon status={step.status} size={18} />
      <span className={classes.name}>{step.name}</span>
      <span className={classes.flow}>
        <span className={classes.input}>{isLater ? step.status : step.input}</span>
        {isLater || step.output === undefined ? null : (
          <>
            <Arrow />
            <span className={classes.output}>{step.output}</span>
          </>
        )}
      </span>
      <span className={classes.message}>
        {step.message}
        {step.share === undefined ? null : (
          <span className={classes.progress}>
            <ProgressBar share={step.share} label={`${step.name} done`} tone="running" />
          </span>
        )}
      </span>
      <span className={classes.duration}>
        {step.milliseconds === undefined || step.milliseconds === null ? "" : formatDuration(step.milliseconds)}
      </span>
    </li>
  );
}
