import type { ReactNode } from "react";
import type { Bucket, BucketCounts } from "../../../server/eligibility/schema.ts";
import type { Bucket as Pattern } from "../../ui/bucket.tsx";
import { SumLine } from "../../ui/sum-line.tsx";

interface Term {
  key: Bucket;
  count: keyof BucketCounts;
  bucket: Pattern;
  /** On the page, before anything is asked for. */
  label: string;
  /** In the dialog: what a seeding does with it. */
  verb: string;
}

const TERMS: readonly Term[] = [
  { key: "will_create", count: "willCreate", bucket: "create", label: "will be created", verb: "create" },
  { key: "already_seeded", count: "alreadySeeded", bucket: "seeded", label: "already seeded", verb: "leave as is" },
  { key: "not_eligible", count: "notEligible", bucket: "not_eligible", label: "not eligible", verb: "not eligible" },
  { key: "unknown", count: "unknown", bucket: "unknown", label: "cannot be judged", verb: "skip, unclear" },
];

/** The drop pattern of a bucket, the same in every bar. */
export function patternOf(bucket: Bucket): Pattern {
  return TERMS.find((term) => term.key === bucket)?.bucket ?? "not_eligible";
}

/** A bucket in words: "already seeded". */
export function bucketWords(bucket: Bucket): string {
  return TERMS.find((term) => term.key === bucket)?.label ?? bucket;
}

/** The four buckets as a sum; its terms are the tabs of the list below. */
export function BucketTabs(props: {
  counts: BucketCounts | undefined;
  value: Bucket;
  onChange: (bucket: Bucket) => void;
  chip?: ReactNode;
}) {
  const { counts, value, onChange, chip } = props;
  return (
    <SumLine
      label="Creators by verdict"
      terms={TERMS.map((term) => ({
        key: term.key,
        label: term.label,
        bucket: term.bucket,
        count: counts?.[term.count],
      }))}
      total={{ label: "creators", count: counts?.total }}
      value={value}
      onChange={onChange}
      chip={chip}
    />
  );
}

interface SumProps {
  counts: BucketCounts | undefined;
  /** What is counted: creators, or pairs where there are several missions. */
  of?: string | undefined;
}

/** The four buckets as what a seeding would do with each, with the bar in proportion. */
export function BucketSum({ counts, of = "creators" }: SumProps) {
  return (
    <SumLine
      label={`What happens to the ${of}`}
      terms={TERMS.map((term) => ({
        key: term.key,
        label: term.verb,
        bucket: term.bucket,
        count: counts?.[term.count],
      }))}
      total={{ label: of, count: counts?.total }}
      withBar
    />
  );
}
