import type { KeyboardEvent, ReactNode } from "react";
import { formatCount } from "../lib/numbers.ts";
import { BucketKey, ProportionBar } from "./bucket.tsx";
import type { Bucket } from "./bucket.tsx";
import { cx } from "./cx.ts";
import { SkeletonText } from "./skeleton.tsx";
import classes from "./sum-line.module.css";
import { useTabKeys } from "./tab-keys.ts";

export interface SumTerm<Key extends string> {
  key: Key;
  label: string;
  /** Undefined while it loads. */
  count: number | undefined;
  bucket: Bucket;
}

interface Props<Key extends string> {
  /** Names the sum for readers: "Creators by verdict". */
  label: string;
  terms: readonly SumTerm<Key>[];
  total: { label: string; count: number | undefined };
  /** "1,250 = 38 + 1,103" instead of "38 + 1,103 = 1,250". */
  totalFirst?: boolean | undefined;
  /** Given both, the terms are the tabs of the list below. */
  value?: Key | undefined;
  onChange?: ((key: Key) => void) | undefined;
  /** A bar in proportion below, for dialogs and the import check. */
  withBar?: boolean | undefined;
  /** A chip after the sum: "not saved". */
  chip?: ReactNode;
}

/** Buckets as a sum that adds up in sight: 212 + 63 + 995 + 14 = 1,284. On the phone a written addition. */
export function SumLine<Key extends string>({
  label,
  terms,
  total,
  totalFirst = false,
  value,
  onChange,
  withBar = false,
  chip,
}: Props<Key>) {
  const isTabs = onChange !== undefined && value !== undefined;
  const totalTerm = <Total label={total.label} count={total.count} operator={totalFirst ? undefined : "="} />;
  const bar = withBar ? (
    <ProportionBar
      label={label}
      parts={terms.map((term) => ({ bucket: term.bucket, label: term.label, count: term.count ?? 0 }))}
    />
  ) : null;
  return (
    <>
      <div className={cx(classes.sum, isTabs && classes.ruled)}>
        <div className={classes.line}>
          {totalFirst ? totalTerm : null}
          {isTabs ? (
            <TermTabs label={label} terms={terms} totalFirst={totalFirst} value={value} onChange={onChange} />
          ) : (
            <ul className={classes.terms} aria-label={label}>
              {terms.map((term, index) => (
                <li key={term.key} className={classes.term}>
                  <TermContent term={term} operator={operatorOf(index, totalFirst)} />
                </li>
              ))}
            </ul>
          )}
          {totalFirst ? null : totalTerm}
          {chip === undefined ? null : <span className={classes.chip}>{chip}</span>}
        </div>
        {isTabs ? null : bar}
      </div>
      {isTabs ? bar : null}
    </>
  );
}

function operatorOf(index: number, totalFirst: boolean): string | undefined {
  if (index > 0) {
    return "+";
  }
  return totalFirst ? "=" : undefined;
}

interface TabsProps<Key extends string> {
  label: string;
  terms: readonly SumTerm<Key>[];
  totalFirst: boolean;
  value: Key;
  onChange: (key: Key) => void;
}

function TermTabs<Key extends string>({ label, terms, totalFirst, value, onChange }: TabsProps<Key>) {
  const onKeyDown: (event: KeyboardEvent<HTMLElement>) => void = useTabKeys(
    terms.map((term) => term.key),
    value,
    onChange,
  );
  return (
    <div role="tablist" aria-label={label} className={classes.terms} onKeyDown={onKeyDown}>
      {terms.map((term, index) => (
        <button
          key={term.key}
          type="button"
          role="tab"
          data-tab={term.key}
          aria-selected={term.key === value}
          tabIndex={term.key === value ? 0 : -1}
          className={cx(classes.term, classes.tab, term.key === value && classes.chosen)}
          onClick={() => onChange(term.key)}
        >
          <TermContent term={term} operator={operatorOf(index, totalFirst)} />
        </button>
      ))}
    </div>
  );
}

function TermContent<Key extends string>({ term, operator }: { term: SumTerm<Key>; operator: string | undefined }) {
  return (
    <>
      <Number count={term.count} operator={operator} />
      <span className={cx(classes.label, operator !== undefined && classes.afterOperator)}>
        <BucketKey bucket={term.bucket} />
        {term.label}
      </span>
    </>
  );
}

function Total({ label, count, operator }: { label: string; count: number | undefined; operator: string | undefined }) {
  return (
    <div className={cx(classes.term, classes.total)}>
      <Number count={count} operator={operator} />
      <span className={cx(classes.label, operator !== undefined && classes.afterOperator)}>{label}</span>
    </div>
  );
}

function Number({ count, operator }: { count: number | undefined; operator: string | undefined }) {
  return (
    <span className={classes.number}>
      {operator === undefined ? null : (
        <span aria-hidden className={classes.operator}>
          {operator}
        </span>
      )}
      <span className={classes.figure}>
        {count === undefined ? <SkeletonText width={48} large /> : formatCount(count)}
      </span>
    </span>
  );
}
