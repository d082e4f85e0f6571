/** A paced load: each part is an admin who does one thing after the other, and all of them together keep below a most. */
import { setTimeout as wait } from "node:timers/promises";
import { TRPCClientError } from "@trpc/client";
import type { Tally } from "./figures.ts";

/** Of so many errors the words are kept; more tell nothing new. */
const KEPT_ERRORS = 10;

export interface Part {
  name: string;
  /** between two acts, on average */
  everyMs: number;
  /** so many acts, also where the time is up before */
  least: number;
  act: (turn: number) => Promise<unknown>;
}

/** Refused because something else is under way: an admin tries again. */
export class Conflict extends Error {}

export class Load {
  readonly tally: Tally = { requests: 0, errors: 0, conflicts: 0, syncs: 0 };
  readonly errors: string[] = [];
  readonly #spacingMs: number;
  #free = 0;
  #taken: number[] = [];

  constructor(mostPerSecond: number) {
    this.#spacingMs = 1_000 / mostPerSecond;
  }

  /** `fetch` that waits for its turn; what it waits does not count as the server's time. */
  readonly fetch: typeof fetch = async (input, init) => {
    const now = performance.now();
    const turn = Math.max(now, this.#free);
    this.#free = turn + this.#spacingMs;
    await wait(turn - now);
    const started = performance.now();
    const answer = await fetch(input, init);
    this.#taken.push(performance.now() - started);
    this.tally.requests += 1;
    return answer;
  };

  /** Milliseconds until the answer of each request since this was asked last. */
  takeRequests(): number[] {
    const taken = this.#taken;
    this.#taken = [];
    return taken;
  }

  /** All parts at once, until the signal and each at least its least. */
  async run(parts: readonly Part[], signal: AbortSignal): Promise<void> {
    await Promise.all(parts.map((part, index) => this.#runOne(part, index, signal)));
  }

  async #runOne(part: Part, index: number, signal: AbortSignal): Promise<void> {
    for (let turn = 0; turn < part.least || !signal.aborted; turn += 1) {
      // Nobody acts at the same moment: half to one and a half of the pause, by a rule that repeats nothing.
      const chance = ((index * 37 + turn * 61) % 100) / 100;
      await wait(part.everyMs * (0.5 + chance), undefined, signal.aborted ? {} : { signal }).catch(() => undefined);
      if (signal.aborted && turn >= part.least) return;
      await part.act(turn).catch((error: unknown) => this.note(part.name, error));
    }
  }

  /** Counts what was refused or failed. */
  note(part: string, error: unknown): void {
    if (isConflict(error)) {
      this.tally.conflicts += 1;
      return;
    }
    this.tally.errors += 1;
    if (this.errors.length < KEPT_ERRORS) this.errors.push(`${part}: ${(error as Error).message}`);
  }
}

function isConflict(error: unknown): boolean {
  if (error instanceof TRPCClientError) return (error.data as { code?: string } | null)?.code === "CONFLICT";
  return error instanceof Conflict;
}
