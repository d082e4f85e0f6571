import { isStale } from "../../../../server/eligibility/plans/schema.ts";
import type {
  DriftDto,
  DriftKind,
  DriftSide,
  PlanDto,
  TermChange,
} from "../../../../server/eligibility/plans/schema.ts";
import { dayOf } from "../../../lib/dates.ts";
import { countOf, formatCount } from "../../../lib/numbers.ts";

/** A plan's id as people read it out to each other: "pl_7F2A9C". The whole id is in its link. */
export function planCode(planId: string): string {
  return `pl_${planId.slice(0, 6).toUpperCase()}`;
}

/** What the button does with a plan; one that replaces a refused plan says so. */
export function createLabel(rows: number, isNewPlan: boolean): string {
  const create = `create ${countOf(rows, "row")}`;
  if (!isNewPlan) {
    return create.replace(/^c/, "C");
  }
  return rows === 0 ? "Use the new plan" : `Use the new plan: ${create}`;
}

/** What a seeding did, against what its plan had promised. */
export function seedResultText(
  { created, alreadySeeded, planned }: { created: number; alreadySeeded: number; planned: number },
  isNewPlan: boolean,
): string {
  if (created === 0) {
    return `0 created, ${formatCount(alreadySeeded)} already there. Nothing to do.`;
  }
  return `Created ${countOf(created, "row")} (${planSaid(planned, isNewPlan)}).`;
}

/** "the plan said 212" */
export function planSaid(planned: number, isNewPlan: boolean): string {
  return `the ${isNewPlan ? "new " : ""}plan said ${formatCount(planned)}`;
}

/** The title over the creators of each kind of difference. */
export const KIND_TITLES: Record<DriftKind, string> = {
  newly_eligible: "Would get it now",
  no_longer_eligible: "Would not get it any more",
  seeded_meanwhile: "Seeded meanwhile",
  window_changed: "Window changed",
};

/** "3 came", "1 left": each kind of difference as a clause; nothing for a kind without any. */
export function movedClauses({ kinds, terms, isLadderChanged }: DriftDto): string[] {
  const seeded = kinds.seeded_meanwhile.total;
  const clauses: [number, string][] = [
    [kinds.newly_eligible.total, `${formatCount(kinds.newly_eligible.total)} came`],
    [kinds.no_longer_eligible.total, `${formatCount(kinds.no_longer_eligible.total)} left`],
    [seeded, `${formatCount(seeded)} ${seeded === 1 ? "was" : "were"} seeded meanwhile`],
    [kinds.window_changed.total, `${countOf(kinds.window_changed.total, "window")} changed`],
    [terms.length, termsClause(terms)],
    [isLadderChanged ? 1 : 0, "the ladder's order changed"],
  ];
  return clauses.filter(([count]) => count > 0).map(([, text]) => text);
}

function termsClause(terms: readonly TermChange[]): string {
  const [first, ...others] = [...new Set(terms.map(({ missionName }) => missionName))];
  return others.length === 0 ? `${first ?? ""} was changed` : `${countOf(others.length + 1, "mission")} were changed`;
}

/** How many rows it would be now: the plan's number with those who came and left. */
export function numberNow(planned: number, { kinds }: DriftDto): number {
  return planned + kinds.newly_eligible.total - kinds.no_longer_eligible.total - kinds.seeded_meanwhile.total;
}

/** What follows the name of a refused plan: "said 212. It would be 214 now: 3 came, 1 left." */
export function movedSentence(planned: number, drift: DriftDto): string {
  const clauses = movedClauses(drift);
  const now = numberNow(planned, drift);
  const said = `said ${formatCount(planned)}.`;
  if (clauses.length === 0) {
    return `${said} Nothing else has moved since: it would be the same now.`;
  }
  const number = now === planned ? `It would be ${formatCount(now)} now too` : `It would be ${formatCount(now)} now`;
  return `${said} ${number}: ${clauses.join(", ")}.`;
}

/** The name of a tier by its id; the id itself where the ladder has none. */
type TierNames = (tierId: string) => string;

/** A changed term of a mission: "tier Gold, now Silver", "switched off: it creates no rows". */
export function termText({ field, before, after }: TermChange, tierName: TierNames): string {
  const named = (tier: string) => (tier === "all" ? "all tiers" : tierName(tier));
  const isOn = after === "true";
  switch (field) {
    case "tierEligibility":
      return `asked for ${named(before)}, now ${named(after)}`;
    case "enabled":
      return isOn ? "was switched on" : "was switched off: it creates no rows";
    case "activated":
      return isOn ? "was activated: its new rows start active" : "was deactivated: its new rows start dormant";
  }
}

/** A creator's tier before and after: "Silver, now Gold"; "new here, Gold"; "was Gold, not in the programme now". */
export function tierMove(before: DriftSide | null, after: DriftSide | null): string {
  if (after === null) {
    return before === null ? "" : `was ${tierOf(before)}, not in the programme now`;
  }
  if (before === null) {
    return `new here, ${tierOf(after)}`;
  }
  return before.tierId === after.tierId ? tierOf(after) : `${tierOf(before)}, now ${tierOf(after)}`;
}

function tierOf({ tierId, tierName }: DriftSide): string {
  return tierName ?? `${tierId ?? "no tier"} (not in the ladder)`;
}

/** How the window that would be frozen differs from the one that the plan had seen, in the client's timezone. */
export function windowMove(
  before: DriftSide | null,
  after: DriftSide | null,
  timezone: string,
): "none" | "days" | "times" {
  if (before === null || after === null) {
    return "none";
  }
  const edges = [
    [before.windowStart, after.windowStart],
    [before.windowEnd, after.windowEnd],
  ] as const;
  const dayIn = (edge: Date | null) => edge && dayOf(edge, timezone);
  if (edges.some(([one, other]) => dayIn(one) !== dayIn(other))) {
    return "days";
  }
  return edges.some(([one, other]) => one?.getTime() !== other?.getTime()) ? "times" : "none";
}

/** Which rows of a plan have no ceiling in money: "73 rows of Creator Dinner LA, 12 of Ring Light Draw". */
export function withoutValueText(missions: readonly { name: string; rows: number }[]): string {
  return missions
    .filter(({ rows }) => rows > 0)
    .map(({ name, rows }, index) => `${index === 0 ? countOf(rows, "row") : formatCount(rows)} of ${name}`)
    .join(", ");
}

export type PlanState = "run" | "expired" | "stale" | "ready";

/** What a plan is good for; null while it is not known what moved. */
export function planState(plan: PlanDto, drift: DriftDto | undefined): PlanState | null {
  if (plan.seedId !== null) {
    return "run";
  }
  if (plan.isExpired) {
    return "expired";
  }
  return drift === undefined ? null : isStale(drift, plan.missions) ? "stale" : "ready";
}
