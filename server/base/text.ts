/** Numbers in the sentences that the server writes (step messages, refusals), in English. */
const numbers = new Intl.NumberFormat("en-US");

/** 2459 as "2,459". */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** "1 row", "2,459 rows"; the plural adds an s unless it is given. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Money from decimal text, which never becomes a float, with all places it has: ("5300", "USD") as "$5,300.00". */
export function formatMoney(amount: string, currency: string): string {
  const format = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 20,
  });
  return format.format(amount as Intl.StringNumericLiteral);
}

const months = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" });

/** A day ('YYYY-MM-DD') as "20 Nov 2026". */
export function formatDay(day: string): string {
  return `${Number(day.slice(8))} ${months.format(new Date(`${day}T00:00:00Z`))} ${day.slice(0, 4)}`;
}

/** A code as the console writes it: "manual_sale" is "Manual sale". */
export function asWords(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
}
