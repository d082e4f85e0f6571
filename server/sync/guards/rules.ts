/** When a guard trips, and how it says so; no database, no clock. */
import { isMoreThan } from "../../base/decimal.ts";
import { counted, formatCount, formatMoney } from "../../base/text.ts";
import { type GuardName, guardNames, guards, LEAST_JUDGED, type Thresholds, type Trip } from "./schema.ts";

/** What a step came to: decimal text, and for a percentage what it is of. */
export interface Measure {
  guard: GuardName;
  actual: string;
  base: number | null;
}

/** The thresholds of a client: what its owners have set over what comes by itself. */
export function thresholdsOf(saved: ReadonlyMap<GuardName, string | null>): Thresholds {
  const of = (name: GuardName) => (saved.has(name) ? saved.get(name)! : guards[name].byDefault);
  return Object.fromEntries(guardNames.map((name) => [name, of(name)])) as Thresholds;
}

/** The guards that trip. A threshold is allowed exactly; a percentage of fewer than 20 is not judged. */
export function tripsOf(measures: readonly Measure[], thresholds: Thresholds): Trip[] {
  return measures.flatMap(({ guard, actual, base }) => {
    const threshold = thresholds[guard];
    if (threshold === null || (base !== null && base < LEAST_JUDGED)) return [];
    const allowed = base === null ? threshold : String(allowedOf(threshold, base));
    return isMoreThan(actual, allowed) ? [{ guard, actual, base, threshold, allowed }] : [];
  });
}

/** The most of so many that a percentage allows. In hundredths of a per cent, which are whole. */
function allowedOf(threshold: string, base: number): number {
  return Math.floor((Math.round(Number(threshold) * 100) * base) / 10_000);
}

/**
 * What still holds the run of what tripped: an owner who has seen this much of it, by name where it has names, has let it pass.
 * `unseen` says how many changes of the guard's kind the owner has not seen.
 */
export function stillHolds(
  trips: readonly Trip[],
  shown: readonly Trip[],
  unseen: ReadonlyMap<GuardName, number>,
): Trip[] {
  return trips.filter((trip) => {
    const passed = shown.filter(({ guard, actual }) => guard === trip.guard && !isMoreThan(trip.actual, actual));
    return passed.length === 0 || (unseen.get(trip.guard) ?? 0) > 0;
  });
}

/** "6.8 %": a share to one place, more where it would look like the threshold. */
function share(actual: string, base: number): string {
  return `${((Number(actual) / base) * 100).toFixed(1).replace(/\.0$/, "")} %`;
}

/** What tripped, in one sentence: how many there would be, and how many the guard allows. */
export function tripSentence({ guard, actual, base, threshold, allowed }: Trip, currency: string): string {
  const [many, most] = [formatCount(Number(actual)), formatCount(Number(allowed))];
  const part = base === null ? "" : share(actual, base);
  const limit = `the guard allows ${most}, ${threshold} %.`;
  const of = formatCount(base ?? 0);
  switch (guard) {
    case "fewer_rows":
      return `The file has ${many} rows fewer than the last files, whose median is ${of}: ${part} less; ${limit}`;
    case "rejected":
      return `${many} of ${of} rows would be rejected, ${part}; ${limit}`;
    case "falling":
      return `Figures of ${many} of ${of} known videos would fall, ${part}; ${limit}`;
    case "created":
      return `${counted(Number(actual), "creator")} would be created where ${of} are there, ${part}; ${limit}`;
    case "demoted":
      return `${counted(Number(actual), "creator")} would be demoted, ${part}; ${limit}`;
    case "redemptions":
      return `${counted(Number(actual), "redemption")} would be made; the guard allows ${most}.`;
    case "redemptions_value":
      return `Redemptions worth ${formatMoney(actual, currency)} would be made; the guard allows ${formatMoney(allowed, currency)}.`;
  }
}
