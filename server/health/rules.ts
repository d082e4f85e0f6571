import type { FixKind } from "./fixes/schema.ts";
import { fixOf } from "./fixes/rules.ts";
import type { MuteDto } from "./mutes/schema.ts";
import type { HealthDto, HealthFinding } from "./schema.ts";

/** What stands in the table of a check, as far as it was ever tried. */
export interface Standing {
  code: string;
  records: number | null;
  named: number;
  sample: HealthFinding["sample"];
  madeAt: Date | null;
  firstSeenAt: Date | null;
  state: "made" | "timed_out" | "failed";
  triedAt: Date;
  baseRunNumber: number | null;
  baseRecords: number | null;
}

type Named = Pick<HealthFinding, "code" | "severity" | "title" | "explanation">;

/** The page's answer: every check that was tried, in the order of the checks, with its mute where that still holds. */
export function healthOf(
  checks: readonly Named[],
  standing: readonly Standing[],
  mutes: ReadonlyMap<string, MuteDto>,
): Pick<HealthDto, "computedAt" | "checks"> {
  const byCode = new Map(standing.map((stored) => [stored.code, stored]));
  const found = checks.flatMap((check) => {
    const stored = byCode.get(check.code);
    return stored === undefined ? [] : [findingOf(check, stored, mutes.get(check.code) ?? null, fixOf(check.code))];
  });
  const made = found.flatMap(({ madeAt, trouble }) => (madeAt === null || trouble !== null ? [] : [madeAt.getTime()]));
  const tried = standing.map(({ triedAt }) => triedAt.getTime());
  return { computedAt: new Date(Math.min(...(made.length > 0 ? made : tried))), checks: found };
}

function findingOf(check: Named, stored: Standing, muted: MuteDto | null, fix: FixKind | null): HealthFinding {
  const { code, severity, title, explanation } = check;
  const { records, named, sample, madeAt, firstSeenAt, state, triedAt, baseRunNumber, baseRecords } = stored;
  return {
    code,
    severity,
    title,
    explanation,
    count: records ?? 0,
    named,
    sample,
    change:
      records === null || baseRunNumber === null || baseRecords === null
        ? null
        : { by: records - baseRecords, sinceRun: baseRunNumber },
    firstSeenAt,
    madeAt,
    trouble: state === "made" ? null : { at: triedAt, kind: state },
    muted,
    fix,
  };
}
