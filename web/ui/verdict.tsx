import { IconCheck, IconPlus, IconQuestionMark, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { GateDto } from "../../server/eligibility/explain/schema.ts";
import type { Bucket } from "../../server/eligibility/schema.ts";
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

/** Each bucket as its verdict. */
export const BUCKET_VERDICTS: Record<Bucket, VerdictName> = {
  already_seeded: "has",
  will_create: "would_get",
  not_eligible: "no",
  unknown: "unknown",
};

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
  chip,
  children,
}: {
  verdict: VerdictName;
  title: ReactNode;
  chip?: ReactNode;
  children?: ReactNode;
}) {
  const { icon: VerdictIcon } = VERDICTS[verdict];
  return (
    <div>
      <h3 className={classes.title}>
        <VerdictIcon size={20} stroke={1.75} aria-hidden className={classes[verdict]} />
        {title}
        {chip}
      </h3>
      {children === undefined ? null : <p className={classes.sentence}>{children}</p>}
    </div>
  );
}

/** The gates of a verdict, the one that decides first: required, actual, passed. It stands out where it is told that it decides. */
export function GateTable({ gates, isDecided }: { gates: readonly GateDto[]; isDecided: boolean }) {
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
          {gates.map((gate, index) => (
            <GateRow key={gate.key} gate={gate} isDeciding={isDecided && index === 0} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GateRow({ gate, isDeciding }: { gate: GateDto; isDeciding: boolean }) {
  return (
    <tr className={isDeciding ? classes.deciding : undefined}>
      <th scope="row">{gate.name}</th>
      <td className={classes.second}>{gate.required.words}</td>
      <td className={isDeciding ? undefined : classes.second}>{gate.actual.words}</td>
      <td>
        <PassText state={gate.state} />
      </td>
    </tr>
  );
}

const PASS = {
  pass: { verdict: "has", word: "yes" },
  fail: { verdict: "no", word: "no" },
  unknown: { verdict: "unknown", word: "unknown" },
} as const;

function PassText({ state }: { state: GateDto["state"] }) {
  return <VerdictText verdict={PASS[state].verdict}>{PASS[state].word}</VerdictText>;
}
