import { tiersUpdateInput } from "../../../server/tiers/schema.ts";
import type { TierDto, TiersUpdateInput } from "../../../server/tiers/schema.ts";
import { amountFault, withoutZeros } from "../../lib/amounts.ts";

export type Metric = "sales" | "units";

/** One tier of the form: texts as typed. `key` tells rows apart while they come and go. */
export interface TierValues {
  key: string;
  tierId: string | null;
  tierName: string;
  tierColor: string;
  /** of the client's metric */
  threshold: string;
  commissionRate: string;
  checkpointExempt: boolean;
  /** the threshold of the other metric, which the form does not show and keeps */
  otherThreshold: string | null;
}

/** A ladder holds this many tiers at most. */
export const MOST_TIERS = 6;

/** The form of the ladder that stands, lowest first. */
export function ladderValues(tiers: readonly TierDto[], metric: Metric): TierValues[] {
  return tiers.map((tier) => {
    const [own, other] =
      metric === "sales" ? [tier.salesThreshold, tier.unitsThreshold] : [tier.unitsThreshold, tier.salesThreshold];
    return {
      key: tier.tierId,
      tierId: tier.tierId,
      tierName: tier.tierName,
      tierColor: tier.tierColor ?? "",
      threshold: own === null ? "" : withoutZeros(own),
      commissionRate: withoutZeros(tier.commissionRate),
      checkpointExempt: tier.checkpointExempt,
      otherThreshold: other,
    };
  });
}

/** A tier to be filled in; `key` must be new. */
export function newTier(key: string): TierValues {
  return {
    key,
    tierId: null,
    tierName: "",
    tierColor: "",
    threshold: "",
    commissionRate: "",
    checkpointExempt: false,
    otherThreshold: null,
  };
}

/** Commas between groups of three digits may be typed. */
function plain(text: string): string {
  const trimmed = text.trim();
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(trimmed) ? trimmed.replaceAll(",", "") : trimmed;
}

/** What is sent, before it is checked. */
function tierInput(tier: TierValues, metric: Metric) {
  const own = plain(tier.threshold);
  return {
    tierId: tier.tierId,
    tierName: tier.tierName,
    tierColor: tier.tierColor === "" ? null : tier.tierColor,
    salesThreshold: metric === "sales" ? own : tier.otherThreshold,
    unitsThreshold: metric === "units" ? own : tier.otherThreshold,
    commissionRate: tier.commissionRate.trim().replace(/\s*%$/, ""),
    checkpointExempt: tier.checkpointExempt,
  };
}

/** The checked input of a form without errors. */
export function checkedLadder(tiers: readonly TierValues[], metric: Metric): TiersUpdateInput {
  return tiersUpdateInput.parse({ tiers: tiers.map((tier) => tierInput(tier, metric)) });
}

/** Errors by the form's own path: `tiers.1.threshold`. */
export type LadderErrors = Record<string, string>;

type Shown = "tierName" | "tierColor" | "threshold" | "commissionRate";

/** What stands in the way of saving, one sentence a field. Empty when nothing does. */
export function ladderErrors(tiers: readonly TierValues[], metric: Metric): LadderErrors {
  const errors: LadderErrors = {};
  for (const [index, tier] of tiers.entries()) {
    const faults: Partial<Record<Shown, string | undefined>> = {
      tierName: nameError(tier, tiers.slice(0, index)),
      tierColor: /^(#[0-9a-f]{6})?$/i.test(tier.tierColor) ? undefined : "A colour such as #8b2a6e, or nothing.",
      threshold: thresholdError(tiers, index, metric),
      commissionRate: rateError(tierInput(tier, metric).commissionRate),
    };
    for (const [field, fault] of Object.entries(faults)) {
      if (fault !== undefined) {
        errors[`tiers.${index}.${field}`] = fault;
      }
    }
  }
  return errors;
}

function nameError({ tierName }: TierValues, below: readonly TierValues[]): string | undefined {
  const name = tierName.trim();
  if (name === "" || name.length > 60) {
    return "Give a name of 1 to 60 characters.";
  }
  const isTaken = below.some((tier) => tier.tierName.trim().toLowerCase() === name.toLowerCase());
  return isTaken ? "A tier below has this name." : undefined;
}

function rateError(rate: string): string | undefined {
  return /^\d{1,3}(\.\d{1,2})?$/.test(rate) && Number(rate) <= 100 ? undefined : "Give 0 to 100, such as 12.5.";
}

/** What the server keeps of a threshold. */
const KEPT = { sales: { digits: 12, places: 4 }, units: { digits: 15, places: 0 } };

function thresholdError(tiers: readonly TierValues[], index: number, metric: Metric): string | undefined {
  const value = thresholdAt(tiers, index, metric);
  if (value === null) {
    const fault = amountFault(plain(tiers[index]?.threshold ?? ""), "The threshold", KEPT[metric]);
    return (
      fault ?? (metric === "sales" ? "Give an amount, such as 1000 or 1000.50." : "Give a whole number, such as 100.")
    );
  }
  if (index === 0) {
    return value === 0n ? undefined : "The lowest tier starts at 0.";
  }
  const below = thresholdAt(tiers, index - 1, metric);
  const name = tiers[index - 1]?.tierName.trim() || "the tier below";
  return below !== null && value <= below ? `Give more than ${name} asks.` : undefined;
}

/** Ten-thousandths, so that amounts compare exactly; null for what is no threshold. */
function thresholdAt(tiers: readonly TierValues[], index: number, metric: Metric): bigint | null {
  const text = plain(tiers[index]?.threshold ?? "");
  const isNumber = metric === "sales" ? /^\d{1,12}(\.\d{1,4})?$/ : /^\d{1,15}$/;
  if (!isNumber.test(text)) {
    return null;
  }
  const [whole = "0", places = ""] = text.split(".");
  return BigInt(whole + places.padEnd(4, "0"));
}

/** A fault named by the server at its field of the form; what has no field there is left to the banner. */
export function formErrors(errors: Record<string, string>): LadderErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => [
      field.replace(/\.(sales|units)Threshold$/, ".threshold"),
      message,
    ]),
  );
}
