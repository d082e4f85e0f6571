import { IconCheck, IconPlus, IconQuestionMark, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import classes from "./verdict.module.css";

/** A verdict is no status: a no is neutral, for nothing failed. */
export type VerdictName = "has" | "would_get" | "no" | "unknown";

const VERDICTS = {
  has: { icon: IconCheck, word: "Has it" },
  would_get: { icon: IconPlus, word: "Would get it" },
  no: { icon: IconX, word: "No" },
  unknown: { icon: IconQuestionMark, word: "Cannot tell" },
} as const;

/** A verdict in a table: icon and word. */
export function VerdictText({ verdict, children }: { verdict: VerdictName; children?: ReactNode }) {
  const { icon: VerdictIcon, word } = VERDICTS[verdict];
  return (
    <span className={cx(classes.text, verdict === "would_get" && classes.strong)}>
      <VerdictIcon size={16} stroke={1.75} aria-hidden className={classes[verdict]} />
      {children ?? word}
    </span>
  );
}

/** The verdict at the top of a drawer: "No: the tier is too low", and one sentence. */
export function Verdict({
  verdict,
  title,
  children,
}: {
  verdict: VerdictName;
  title: ReactNode;
  children?: ReactNode;
}) {
  const { icon: VerdictIcon } = VERDICTS[verdict];
  return (
    <div>
      <h3 className={classes.title}>
        <VerdictIcon size={20} stroke={1.75} aria-hidden className={classes[verdict]} />
        {title}
      </h3>
      {children === undefined ? null : <p className={classes.sentence}>{children}</p>}
    </div>
  );
}

export interface Gate {
  key: string;
  gate: string;
  required: ReactNode;
  actual: ReactNode;
  /** True, false, or null when it was not reached or cannot be told. */
  pass: boolean | null;
}

/** The gates of a verdict: required, actual, passed. The first that fails decides and stands out. */
export function GateTable({ gates }: { gates: readonly Gate[] }) {
  const deciding = gates.find((gate) => gate.pass !== true)?.key;
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Gate</th>
            <th scope="col">Required</th>
            <th scope="col">Actual</th>
            <th scope="col">Pass</th>
          </tr>
        </thead>
        <tbody>
          {gates.map((gate) => (
            <tr key={gate.key} className={gate.key === deciding ? classes.deciding : undefined}>
              <th scope="row">{gate.gate}</th>
              <td className={classes.second}>{gate.required}</td>
              <td className={gate.key === deciding ? undefined : classes.second}>{gate.actual}</td>
              <td>
                <PassText pass={gate.pass} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PassText({ pass }: { pass: boolean | null }) {
  if (pass === null) {
    return <VerdictText verdict="unknown">cannot tell</VerdictText>;
  }
  return <VerdictText verdict={pass ? "has" : "no"}>{pass ? "yes" : "no"}</VerdictText>;
}
