import { countOf, formatCount } from "../../lib/numbers.ts";

export interface MissionsFacts {
  /** Missions that run, and those enabled but asleep: of the whole programme. */
  active: number;
  asleep: number;
  /** Of the missions shown: how many rows are missing, by name. */
  notSeeded: readonly { name: string; count: number }[];
  /** Of the missions shown, by name: enabled, but for a tier that the ladder does not have, so that nobody can be judged. */
  unjudged?: readonly string[] | undefined;
  /** True when the list shows every mission of the programme. */
  isComplete: boolean;
}

/** A piece of a sentence; the strong ones carry its numbers. */
export interface Piece {
  text: string;
  strong?: boolean;
}

const NAMED = 3;

/** "7 missions run; 2 are enabled and asleep. 285 rows are not seeded yet: 212 on Gold Sprint, 73 on Creator Dinner LA." */
export function missionsSentence(facts: MissionsFacts): Piece[] {
  const asleep =
    facts.asleep === 0
      ? "none is asleep"
      : `${formatCount(facts.asleep)} ${facts.asleep === 1 ? "is" : "are"} enabled and asleep`;
  return [
    { text: `${countOf(facts.active, "mission")} ${facts.active === 1 ? "runs" : "run"}`, strong: true },
    { text: `; ${asleep}. ` },
    ...notSeededPieces(facts),
    ...unjudgedPieces(facts.unjudged ?? []),
  ];
}

function unjudgedPieces(names: readonly string[]): Piece[] {
  if (names.length === 0) {
    return [];
  }
  const whose = names.length === 1 && names[0] !== undefined ? names[0] : countOf(names.length, "mission");
  return [
    { text: " " },
    { text: `For ${whose} nobody can be judged`, strong: true },
    { text: `: ${names.length === 1 ? "its tier is" : "their tiers are"} not in the ladder.` },
  ];
}

function notSeededPieces({ notSeeded, isComplete }: MissionsFacts): Piece[] {
  const open = notSeeded.filter((one) => one.count > 0).toSorted((a, b) => b.count - a.count);
  const total = open.reduce((sum, one) => sum + one.count, 0);
  if (total === 0) {
    const who = isComplete
      ? "Everybody who qualifies for an enabled mission"
      : "On the missions shown everybody who qualifies";
    return [{ text: `${who} is seeded.` }];
  }
  return [
    { text: isComplete ? "" : "On the missions shown " },
    { text: countOf(total, "row"), strong: true },
    { text: ` ${total === 1 ? "is" : "are"} not seeded yet${whereText(open)}.` },
  ];
}

/** ", on Gold Sprint" for one mission, else the counts by name, the most first. */
function whereText(open: MissionsFacts["notSeeded"]): string {
  const named = open.slice(0, NAMED).map((one) => `${formatCount(one.count)} on ${one.name}`);
  const rest = open.slice(NAMED);
  const others = rest.reduce((sum, one) => sum + one.count, 0);
  const more = rest.length === 0 ? [] : [`${formatCount(others)} on ${countOf(rest.length, "other")}`];
  return open.length === 1 && open[0] !== undefined
    ? `, all on ${open[0].name}`
    : `: ${[...named, ...more].join(", ")}`;
}
