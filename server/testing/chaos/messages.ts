/** What is said between the test and a worker's process. */
import type { Place } from "./plan.ts";

export interface Work {
  kind: "work";
  url: string;
  now: string;
  inbox: string;
  /** where it stops for once: it kills itself there, or says so and waits */
  stopAt: (Place & { how: "die" | "wait" }) | null;
}

/** `go`: on from where it waits. `stop`: no work any more. */
export type ToWorker = Work | { kind: "go" } | { kind: "stop" };
export type FromWorker = { kind: "ready" | "working" | "waiting" | "stopped" };
