/** How the console writes numbers. Every function is pure; money arrives as a decimal string and is never made a float. */

const MINUS = "\u2212";
const SPACE = "\u00a0";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

function trueMinus(text: string): string {
  return text.replace("-", MINUS);
}

/** A count with thousands separators, such as 1,284; a negative one has a true minus. */
export function formatCount(count: number): string {
  return trueMinus(whole.format(count));
}

/** A change with its sign: +12, −63, and 0 without one. */
export function formatChange(change: number): string {
  return change > 0 ? `+${whole.format(change)}` : formatCount(change);
}

/** A decimal string as it is, with thousands separators: "941208.50" becomes 941,208.5. */
export function formatDecimal(value: string): string {
  return trueMinus(decimals.format(value as Intl.StringNumericLiteral));
}

/** A share of 0 to 1 in percent with at most one decimal: 0.068 becomes "6.8 %". */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 1000) / 10;
  return `${trueMinus(decimals.format(percent))}${SPACE}%`;
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, style: "full" | "short"): Intl.NumberFormat {
  const key = `${currency} ${style}`;
  const known = moneyFormats.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(style === "short" ? { trailingZeroDisplay: "stripIfInteger" as const } : {}),
  });
  moneyFormats.set(key, made);
  return made;
}

/** Money for columns and totals, from a decimal string: $1,000.00, −$4.50. */
export function formatMoney(amount: string, currency: string): string {
  return trueMinus(moneyFormat(currency, "full").format(amount as Intl.StringNumericLiteral));
}

/** Money where a reward or a target is named: $25, $1,000, $12.50. */
export function formatMoneyShort(amount: string, currency: string): string {
  return trueMinus(moneyFormat(currency, "short").format(amount as Intl.StringNumericLiteral));
}

/** A number of bytes as people say it: 214 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes}${SPACE}B`;
  }
  const units = ["KB", "MB", "GB"] as const;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const rounded = value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${decimals.format(rounded)}${SPACE}${units[unit]}`;
}

/** A count with its noun: "1 row", "212 rows", "2 people". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** How a value relates to its target, from 0 to 1; a target of 0 has no share and counts as 0. */
export function shareOf(value: string | number, target: string | number): number {
  const goal = Number(target);
  if (!(goal > 0)) {
    return 0;
  }
  return Math.min(1, Math.max(0, Number(value) / goal));
}
