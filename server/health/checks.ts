/** Every check, the worst kind first. */
import { notFound } from "../base/errors.ts";
import type { Check } from "./check.ts";
import { creatorChecks } from "./creator-checks.ts";
import { programmeChecks } from "./programme-checks.ts";
import { progressChecks } from "./progress-checks.ts";

const order = { red: 0, amber: 1, grey: 2 } as const;

export const allChecks: readonly Check[] = [...programmeChecks, ...creatorChecks, ...progressChecks].toSorted(
  (a, b) => order[a.severity] - order[b.severity],
);

/** The check of that code; not_found where there is none. */
export function checkOf(code: string): Check {
  const check = allChecks.find((one) => one.code === code);
  if (check === undefined) throw notFound("This check");
  return check;
}
