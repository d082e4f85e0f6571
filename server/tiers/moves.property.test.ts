import fc from "fast-check";
import { expect, it } from "vitest";
import { dayOf } from "../base/days.ts";
import type { UserId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { nightsOf } from "../testing/nights.ts";
import { anAdjustment } from "../testing/steps.ts";

const db = testDatabase();
const { night } = nightsOf(db);

/** The same rules once more, for one creator at a time and in plain TypeScript: what the sets in SQL must agree with. */
interface Ladder {
  timezone: string;
  months: number;
  isLifetime: boolean;
  /** by order; null: no threshold */
  thresholds: (number | null)[];
  exempt: boolean[];
}
interface Creator {
  /** index in the ladder; null: unknown */
  tier: number | null;
  since: Date | null;
  next: Date | null;
  videos: { day: string; cents: number }[];
  adjustments: { at: Date; cents: number }[];
}
interface Standing {
  tier: number | null;
  since: Date | null;
  next: Date | null;
  basisDay: string | null;
  log: string[];
}

function judge(ladder: Ladder, creator: Creator, standing: Standing, now: Date): void {
  if (standing.tier === null) return;
  const inDays = (from: string | null, until: string | null) =>
    [
      ...creator.videos,
      ...creator.adjustments
        .filter(({ at }) => at <= now)
        .map(({ at, cents }) => ({ day: dayOf(at, ladder.timezone) as string, cents })),
    ]
      .filter(({ day }) => (from === null || day >= from) && (until === null || day < until))
      .reduce((total, { cents }) => total + cents, 0);
  const highest = (value: number) =>
    ladder.thresholds.findLastIndex((threshold) => threshold !== null && threshold <= value);
  const enter = (tier: number, since: Date) => {
    standing.tier = tier;
    standing.since = since;
    standing.next =
      ladder.isLifetime || ladder.exempt[tier] ? null : monthsLater(since, ladder.months, ladder.timezone);
  };

  const basis = inDays(standing.basisDay, null);
  if (highest(basis) > standing.tier) {
    standing.log.push(`promotion ${standing.tier}>${highest(basis)} ${basis} ${now.toISOString()}`);
    enter(highest(basis), now);
  }
  if (ladder.isLifetime) return;
  while (
    standing.next !== null &&
    !ladder.exempt[standing.tier] &&
    dayOf(standing.next, ladder.timezone) <= dayOf(now, ladder.timezone)
  ) {
    const end = standing.next;
    const endDay = dayOf(end, ladder.timezone);
    const value = inDays(standing.since === null ? null : dayOf(standing.since, ladder.timezone), endDay);
    const reached = Math.max(highest(value), 0);
    standing.log.push(`checkpoint ${standing.tier}>${reached} ${value} ${end.toISOString()}`);
    if (reached < standing.tier) standing.basisDay = endDay;
    enter(reached, end);
  }
}

/** The instant that a clock on the wall would show after so many months, the day clamped to the month. */
function monthsLater(instant: Date, months: number, timezone: string): Date {
  const wall = wallOf(instant, timezone);
  const first = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const wanted =
    first.getTime() + (Math.min(wall.getUTCDate(), lastDay) - 1) * 86_400_000 + (wall.getTime() % 86_400_000);
  // twice, because the first guess may lie on the other side of a clock change
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - wallOf(new Date(guess), timezone).getTime();
  return new Date(guess);
}

/** What the clock on the wall shows, as if it were UTC. */
function wallOf(instant: Date, timezone: string): Date {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(instant);
  return new Date(`${parts.replace(" ", "T")}Z`);
}

// Afternoons in August to January: days and months are on trial here, skipped hours are not.
const instant = fc
  .tuple(fc.integer({ min: 0, max: 170 }), fc.integer({ min: 12 * 60, max: 27 * 60 }))
  .map(([day, minute]) => new Date(Date.UTC(2026, 7, 1 + day, 0, minute)));
const programme = fc.record({
  timezone: fc.constantFrom("America/New_York", "America/Sao_Paulo"),
  months: fc.integer({ min: 1, max: 3 }),
  isLifetime: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
  steps: fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: 30 }),
      isMissing: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
      isExempt: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  isLowestExempt: fc.boolean(),
  creators: fc.array(
    fc.record({
      tier: fc.option(fc.nat(4), { freq: 8 }),
      since: fc.option(instant),
      next: fc.option(instant),
      videos: fc.array(
        fc.record({
          day: instant.map((at) => at.toISOString().slice(0, 10)),
          cents: fc.integer({ min: 0, max: 3000 }),
        }),
        { maxLength: 6 },
      ),
      adjustments: fc.array(
        fc.record({ at: instant, cents: fc.integer({ min: -3000, max: 3000 }).filter((cents) => cents !== 0) }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  nights: fc
    .uniqueArray(instant, { minLength: 1, maxLength: 3, selector: (at) => at.getTime() })
    .map((nights) => nights.toSorted((a, b) => a.getTime() - b.getTime())),
});

it("moves every creator as the rules say, one creator at a time, in any programme", async () => {
  await fc.assert(
    fc.asyncProperty(programme, async ({ steps, isLowestExempt, creators, nights, ...settings }) => {
      let threshold = 0;
      const thresholds = [
        0,
        ...steps.map(({ step, isMissing }) => ((threshold += step * 100), isMissing ? null : threshold)),
      ];
      const ladder: Ladder = {
        ...settings,
        thresholds,
        exempt: [isLowestExempt, ...steps.map((tier) => tier.isExempt)],
      };
      const client = await aClient(db, {
        timezone: ladder.timezone,
        checkpointMonths: ladder.months,
        tierCalculationMode: ladder.isLifetime ? "lifetime" : "fixed_checkpoint",
        tiers: thresholds.map((cents) => (cents === null ? null : cents / 100)),
      });
      for (const [index, isExempt] of ladder.exempt.entries()) {
        await asOwner(db, (owner) =>
          owner.execute(
            sql`update tiers set checkpoint_exempt = ${isExempt} where client_id = ${client}::uuid and tier_id = ${`tier_${index + 1}`}`,
          ),
        );
      }
      const people = [];
      for (const drawn of creators) {
        const creator: Creator = { ...drawn, tier: drawn.tier === null ? null : drawn.tier % thresholds.length };
        const user = await aCreator(db, client, {
          tier: creator.tier === null ? "legendary" : `tier_${creator.tier + 1}`,
          tierAchievedAt: creator.since,
          nextCheckpointAt: creator.next,
        });
        for (const { day, cents } of creator.videos)
          await aVideo(db, client, user, { postDate: day, gmv: (cents / 100).toFixed(2) });
        const standing: Standing = {
          tier: creator.tier,
          since: creator.since,
          next: creator.next,
          basisDay: null,
          log: [],
        };
        people.push({ user, creator, standing, entered: new Set<number>() });
      }

      for (const now of nights) {
        for (const { user, creator, standing, entered } of people) {
          for (const [index, { at, cents }] of creator.adjustments.entries()) {
            if (at > now || entered.has(index)) continue;
            entered.add(index);
            await anAdjustment(db, client, user, {
              amount: (cents / 100).toFixed(2),
              at: at.toISOString(),
              appliedAt: null,
            });
          }
          judge(ladder, creator, standing, now);
        }
        await night(client, now.toISOString());
      }

      for (const { user, standing } of people) expect(await standsAs(client, user)).toEqual(expected(standing));
    }),
    { numRuns: 25 },
  );
}, 120_000);

function expected({ tier, since, next, log }: Standing) {
  return { tier: tier === null ? "legendary" : `tier_${tier + 1}`, since, next, log };
}

function standsAs(client: string, user: UserId) {
  return asOwner(db, async (owner) => {
    const [row] = await owner.query<{ tier: string; since: Date | null; next: Date | null }>(sql`
      select current_tier as tier, tier_achieved_at as since, next_checkpoint_at as next
      from users where client_id = ${client}::uuid and id = ${user}::uuid`);
    const log = await owner.query<{ kind: string; from: number; to: number; cents: number; end: Date }>(sql`
      select kind, right(tier_before, 1)::int - 1 as from, right(tier_after, 1)::int - 1 as to, (metric_value * 100)::int as cents, window_end as end
      from tier_checkpoints where client_id = ${client}::uuid and user_id = ${user}::uuid order by window_end`);
    return {
      ...row,
      log: log.map((entry) => `${entry.kind} ${entry.from}>${entry.to} ${entry.cents} ${entry.end.toISOString()}`),
    };
  });
}
