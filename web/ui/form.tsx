import type { ReactNode } from "react";
import classes from "./form.module.css";

/** Fields side by side, below each other where there is no room. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className={classes.pair}>{children}</div>;
}
