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
