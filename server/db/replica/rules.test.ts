import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asOfPosition, isFresh, type Mark, MOST_BEHIND_MS, withMark } from "./rules.ts";

const marks: Mark[] = [
  { at: 1_000, position: 10n },
  { at: 3_000, position: 10n },
  { at: 5_000, position: 25n },
];

describe("how old the data of a replica is", () => {
  it.each([
    ["has not reached any mark", 9n, null],
    ["has replayed all that there was at the second", 10n, 3_000],
    ["is on its way to the third", 24n, 3_000],
    ["has replayed everything", 25n, 5_000],
    ["has replayed what came after it", 99n, 5_000],
  ])("is told by the last mark that it has reached: one that %s", (_, replayed, at) => {
    expect(asOfPosition(marks, replayed)).toEqual(at === null ? null : new Date(at));
  });

  it("does not grow while nobody writes", () => {
    const quiet = withMark(marks, { at: 600_000, position: 25n });
    expect(asOfPosition(quiet, 25n)).toEqual(new Date(600_000));
  });

  it("is never told as newer than it is", () => {
    const written = fc.array(fc.record({ pause: fc.integer({ min: 1, max: 5_000 }), bytes: fc.bigInt(0n, 100n) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(written, fc.nat(), (log, cut) => {
        let mark: Mark = { at: 0, position: 0n };
        const all = log.map(({ pause, bytes }) => (mark = { at: mark.at + pause, position: mark.position + bytes }));
        const replayed = all[cut % all.length]!.position;
        const asOf = asOfPosition(all.reduce(withMark, []), replayed);
        // All that stood in the log by then has been replayed.
        const before = all.filter(({ at }) => asOf !== null && at <= asOf.getTime());
        expect(before.every(({ position }) => position <= replayed)).toBe(true);
      }),
    );
  });

  it("is remembered for ten minutes of looks", () => {
    const many = Array.from({ length: 1_000 }, (_, at): Mark => ({ at, position: BigInt(at) }));
    const kept = many.reduce(withMark, []);
    expect(kept).toHaveLength(300);
    expect(kept.at(-1)).toEqual({ at: 999, position: 999n });
  });

  it("may be thirty seconds, and not unknown", () => {
    const now = 1_000_000;
    expect(isFresh(new Date(now - MOST_BEHIND_MS), now)).toBe(true);
    expect(isFresh(new Date(now - MOST_BEHIND_MS - 1), now)).toBe(false);
    expect(isFresh(null, now)).toBe(false);
  });
});
