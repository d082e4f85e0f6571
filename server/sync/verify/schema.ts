/** What the shortcuts of a night had missed, found by doing without them; all 0 unless something is wrong. */
export interface VerifyDto {
  /** sums that were not those of the creator's videos and adjustments, and ranks that were not their place; they are now */
  summed: number;
  /** rows that no seeding had created although their creators qualify; they are there now */
  seeded: number;
  /** rows whose value or status was not up to date; it is now */
  progressed: number;
  /** kept counts that differed from the rows they count; they are right now */
  recounted: number;
}
