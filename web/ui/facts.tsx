import type { ReactNode } from "react";
import { SkeletonText } from "./skeleton.tsx";
import classes from "./facts.module.css";

export interface Fact {
  term: string;
  value: ReactNode;
}

/** Facts as term (132 px) and value. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <div key={fact.term} className={classes.fact}>
          <dt className={classes.term}>{fact.term}</dt>
          <dd className={classes.value}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface Figure {
  label: string;
  /** Undefined while it loads. */
  value: ReactNode;
  /** Blue while something is running. */
  running?: boolean | undefined;
}

/** The numbers that matter, big, each with its words below. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={classes.figures}>
      {figures.map((figure) => (
        <div key={figure.label} className={classes.figure}>
          <dt className={classes.label}>{figure.label}</dt>
          <dd className={figure.running === true ? classes.runningNumber : classes.number}>
            {figure.value === undefined ? <SkeletonText width={72} large /> : figure.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
