import type { ReactNode } from "react";
import { StatusChip } from "./status.tsx";
import classes from "./what-if.module.css";

/** The dashed frame of controls that change nothing that is saved, with the chip that says so once one of them differs. */
export function WhatIfFrame({ isChanged, children }: { isChanged: boolean; children: ReactNode }) {
  return (
    <div className={classes.frame} role="group" aria-label="What if">
      <span className={classes.word} aria-hidden>
        What if
      </span>
      {children}
      {isChanged ? <StatusChip status="not_saved" /> : null}
    </div>
  );
}
