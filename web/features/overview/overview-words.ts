import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import type { RunRow } from "../../../server/sync/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { hasSucceeded, isOver } from "../../lib/runs.ts";

/** A piece of a sentence; the strong ones carry its numbers. */
export interface Piece {
  text: string;
  strong?: boolean;
}

/** The newest run that is over; undefined while there is none. */
export function lastEnded(runs: readonly RunRow[]): RunRow | undefined {
  return runs.find((run) => isOver(run.status));
}

/** The newest run that is over and did something: one cancelled or failed before anything moved has nothing to show. */
export function lastWithChanges(runs: readonly RunRow[]): RunRow | undefined {
  const over = runs.filter((run) => isOver(run.status));
  return over.find((run) => hasSucceeded(run.status) || hasMoved(run)) ?? over[0];
}

function hasMoved({ totals }: RunRow): boolean {
  return totals.creatorsCreated + totals.promoted + totals.demoted + totals.seeded + totals.completed > 0;
}

/** The one sentence of the day: what the last run did, or why it did nothing. */
export function daySentence(run: RunRow | undefined): Piece[] {
  if (run === undefined) {
    return [{ text: "No sync has run yet.", strong: true }, { text: " The first one shows here what it did." }];
  }
  const name = `Run ${run.number}`;
  if (!hasSucceeded(run.status)) {
    return [
      { text: `${name} ${run.status === "failed" ? "failed" : `was ${run.status}`}.`, strong: true },
      { text: ` ${run.error?.message ?? "What its finished steps did is saved."}` },
    ];
  }
  const { promoted, demoted, seeded, completed, redemptions, rejected } = run.totals;
  const counts = [
    `${formatCount(promoted)} promoted`,
    `${formatCount(demoted)} demoted`,
    `${formatCount(seeded)} seeded`,
    `${formatCount(completed)} completed`,
  ].join(", ");
  const aside =
    rejected === 0 ? "" : ` ${countOf(rejected, "row")} of the file ${rejected === 1 ? "was" : "were"} set aside.`;
  return [
    { text: `${name} went through: ` },
    { text: counts, strong: true },
    { text: `, ${countOf(redemptions, "redemption")} made.${aside}` },
  ];
}

export interface OpenSeeds {
  rows: number;
  missions: number;
}

/** How many rows are missing, on how many missions. */
export function openSeeds(counts: readonly MissionCountsDto[]): OpenSeeds {
  const open = counts.filter((one) => one.notSeeded > 0);
  return { rows: open.reduce((sum, one) => sum + one.notSeeded, 0), missions: open.length };
}

/** Running missions with progress, most completed first; draws complete by a draw and stand apart. */
export function runningMissions(missions: readonly MissionDto[], counts: ReadonlyMap<string, MissionCountsDto>) {
  const active = missions.filter((mission) => mission.state === "active");
  const completedOf = (mission: MissionDto) => counts.get(mission.id)?.completed ?? 0;
  return {
    withProgress: active
      .filter((mission) => mission.missionType !== "raffle")
      .toSorted((one, other) => completedOf(other) - completedOf(one)),
    draws: active.filter((mission) => mission.missionType === "raffle").length,
  };
}

/** "6 with progress, 1 draw". */
export function runningWords(withProgress: number, draws: number): string {
  const words = `${formatCount(withProgress)} with progress`;
  return draws === 0 ? words : `${words}, ${countOf(draws, "draw")}`;
}
