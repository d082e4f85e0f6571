/** Exact arithmetic on decimal texts: money never becomes a float. */

/** A decimal text times a whole number: ("24.50", 3) is "73.50". */
export function timesAmount(amount: string, count: number): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  const product = BigInt(whole + fraction) * BigInt(count);
  if (fraction === "") {
    return product.toString();
  }
  const isNegative = product < 0n;
  const digits = (isNegative ? -product : product).toString().padStart(fraction.length + 1, "0");
  const text = `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`;
  return isNegative ? `-${text}` : text;
}

/** Tells whether a decimal text is above zero. */
export function isPositive(amount: string): boolean {
  return /[1-9]/.test(amount) && !amount.startsWith("-");
}

/** One decimal text less another, exactly: ("20000", "7342.18") is "12657.82". */
export function minusAmount(amount: string, less: string): string {
  const places = Math.max(placesOf(amount), placesOf(less));
  const difference = scaled(amount, places) - scaled(less, places);
  if (places === 0) {
    return difference.toString();
  }
  const digits = (difference < 0n ? -difference : difference).toString().padStart(places + 1, "0");
  return `${difference < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** "1000.0000" is "1000", "12.50" stays: how an amount is shown in a field to be changed. */
export function withoutZeros(decimal: string): string {
  return /\.0+$/.test(decimal) ? decimal.slice(0, decimal.indexOf(".")) : decimal;
}

/** How much of a number is kept. */
const AMOUNT = { digits: 12, places: 4 };

/**
 * Why a typed number cannot be kept, where it is one: below 0, too large, too fine (said where it may have places at all). Null: it is no number, or nothing is wrong with it.
 * `what` begins the sentence: "The target".
 */
export function amountFault(text: string, what: string, { digits, places } = AMOUNT): string | null {
  if (/^[-−]\s*\d[\d,]*(\.\d+)?$/.test(text)) {
    return `${what} cannot be below 0.`;
  }
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text.replaceAll(",", "")) ?? [];
  if (whole === undefined) {
    return null;
  }
  if (whole.replace(/^0+/, "").length > digits) {
    return `${what} is too large: at most ${Array.from({ length: digits / 3 }, () => "999").join(",")}.`;
  }
  return places > 0 && fraction.length > places ? `${what} is too fine: at most ${places} decimal places.` : null;
}

function placesOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

function scaled(amount: string, places: number): bigint {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}
