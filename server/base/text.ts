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
