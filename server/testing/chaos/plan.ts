/** What goes wrong in which round. */
import type { StepName } from "../../sync/schema.ts";
import { stepNames } from "../../sync/schema.ts";
import { NIGHTS } from "./programme.ts";

/**
 * worker: kill -9 of its process. connection: the database ends the connection at work. backend: kill -9 of that connection's
 * server process, which has the whole server recover. database: kill -9 of the server. pause: the worker's process stands still
 * until another has ended the run, and wakes.
 */
export const kinds = ["worker", "connection", "backend", "database", "pause"] as const;
export type Kind = (typeof kinds)[number];

/** begun: the step is marked as running. written: all that it does is written, not committed. saved: it has just been committed. */
export const places = ["begun", "written", "saved"] as const;
export interface Place {
  step: StepName;
  at: (typeof places)[number];
}

export interface Disturbance {
  kind: Kind;
  night: number;
  /** null: at a random moment */
  place: Place | null;
}

/** Every boundary of every step has its worker killed; then every kind at boundaries, and every kind at random moments. */
const ALL: readonly Disturbance[] = [
  ...stepNames.flatMap((step) => places.map((at) => ({ kind: "worker" as const, place: { step, at } }))),
  ...stepNames.flatMap((step, index) =>
    (["connection", "database", "pause"] as const).map((kind) => ({
      kind,
      place: { step, at: places[index % 2]! },
    })),
  ),
  ...Array.from({ length: 52 }, (_, index) => ({ kind: kinds[index % kinds.length]!, place: null })),
].map((one, index) => ({ ...one, night: index % NIGHTS.length }));

/** The disturbances of so many rounds, spread evenly over all hundred. */
export function planOf(rounds: number): Disturbance[] {
  return Array.from({ length: rounds }, (_, index) => ALL[Math.floor((index * ALL.length) / rounds) % ALL.length]!);
}

export function wordsOf({ kind, night, place }: Disturbance): string {
  const where = place === null ? "at a random moment" : `with step ${place.step} ${place.at}`;
  return `night ${night + 1}, ${kind} ${where}`;
}
