/** What is said of the replica in the log: as often as somebody can read it. */
import type { Log } from "../../base/log.ts";
import type { ReplicaState } from "./rules.ts";

/** Failures of one kind are told once in this time, and the state as often as this. */
const QUIET_MS = 60_000;
const STATE_QUIET_MS = 10_000;

const WORDS: Record<ReplicaState, string> = {
  starting: "the replica was not looked at yet",
  in_use: "the replica is in use for lists and downloads",
  behind: "the replica is too far behind; the primary does its work",
  away: "the replica is away; the primary does its work",
  foreign: "DATABASE_REPLICA_URL names no replica of this database; the primary does its work",
};

const FAILURES = {
  conflict: "the replica ended a read that stood in the way of its replay",
  failed: "the replica could not answer; the primary was asked",
  unmeasured: "the primary did not say where its log stands, so nobody knows how old the replica's data is",
};

export class Teller {
  readonly #log: Log;
  readonly #toldAt = new Map<string, number>();
  #toldState: ReplicaState = "starting";

  constructor(log: Log) {
    this.#log = log;
  }

  /** To be called with every look: one that comes and goes is told of now and then, and in the end as it is. */
  tellState(state: ReplicaState, details: object): void {
    if (state === this.#toldState || !this.#isTime("state", STATE_QUIET_MS)) return;
    this.#toldState = state;
    this.#log[state === "in_use" ? "info" : "warn"](details, WORDS[state]);
  }

  tellFailure(kind: keyof typeof FAILURES, error: unknown): void {
    if (this.#isTime(kind, QUIET_MS)) this.#log.warn({ err: error }, FAILURES[kind]);
  }

  #isTime(what: string, quietMs: number): boolean {
    const now = Date.now();
    if (now - (this.#toldAt.get(what) ?? 0) < quietMs) return false;
    this.#toldAt.set(what, now);
    return true;
  }
}
