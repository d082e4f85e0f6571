import { cx } from "./cx.ts";
import classes from "./bucket.module.css";

/** The kinds of part that a sum can have; each has one pattern, the same in every bar and key. */
export type Bucket =
  | "create"
  | "seeded"
  | "not_eligible"
  | "unknown"
  | "new"
  | "changed"
  | "same"
  | "duplicate"
  | "rejected"
  | "completed"
  | "active"
  | "over";

const PATTERN: Record<Bucket, keyof typeof PATTERN_CLASS> = {
  create: "solid",
  new: "solid",
  completed: "solid",
  seeded: "gray",
  active: "gray",
  not_eligible: "rest",
  same: "rest",
  unknown: "unknown",
  changed: "changed",
  duplicate: "duplicate",
  rejected: "rejected",
  over: "over",
};

const PATTERN_CLASS = {
  solid: classes.solid,
  gray: classes.gray,
  rest: classes.rest,
  unknown: classes.unknown,
  changed: classes.changed,
  duplicate: classes.duplicate,
  rejected: classes.rejected,
  over: classes.over,
};

/** The class that fills any box with a bucket's pattern. */
export function bucketClass(bucket: Bucket): string | undefined {
  return PATTERN_CLASS[PATTERN[bucket]];
}

/** The 10 px square that stands for a bucket in legends and sums. Decorative: its word stands beside it. */
export function BucketKey({ bucket }: { bucket: Bucket }) {
  return <span aria-hidden className={cx(classes.key, bucketClass(bucket))} />;
}

/** A row of keys with their words, under or beside a chart. */
export function Legend({ items }: { items: readonly { bucket: Bucket; label: string }[] }) {
  return (
    <span className={classes.legend}>
      {items.map((item) => (
        <span key={item.bucket} className={classes.item}>
          <BucketKey bucket={item.bucket} />
          {item.label}
        </span>
      ))}
    </span>
  );
}

export interface BarPart {
  bucket: Bucket;
  label: string;
  count: number;
}

/**
 * A bar whose parts stand in proportion, 2 px apart and none that exists under 4 px. `label` says what the whole is;
 * a reader hears the parts, since the numbers may not stand beside it.
 */
export function ProportionBar({
  parts,
  label,
  height = 8,
}: {
  parts: readonly BarPart[];
  label: string;
  height?: number | undefined;
}) {
  const shown = parts.filter((part) => part.count > 0);
  const spoken = parts.map((part) => `${part.count} ${part.label}`).join(", ");
  return (
    <span className={classes.bar} style={{ height }} role="img" aria-label={`${label}: ${spoken}`}>
      {shown.map((part) => (
        <span
          key={part.bucket}
          className={cx(classes.part, bucketClass(part.bucket))}
          style={{ flexGrow: part.count }}
        />
      ))}
    </span>
  );
}
