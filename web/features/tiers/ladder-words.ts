/** How often a checkpoint comes: "every month", "every 4 months". */
export function everyMonths(months: number): string {
  return months === 1 ? "every month" : `every ${months} months`;
}
