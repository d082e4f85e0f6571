/** Which errors pass by themselves, and how long one waits for that. */
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../base/errors.ts";
import { isConnectionLost, isRetryable, troubleOf } from "../db/sql-errors.ts";
import { BACKOFF_MS } from "./attempts/rules.ts";
import type { Failure } from "./rules.ts";
import { failureOf } from "./rules.ts";
import type { StepName } from "./schema.ts";

export interface PatienceOptions {
  backoffMs?: readonly number[] | undefined;
  /** aborted when the process is asked to stop: nobody waits any longer */
  stopping?: AbortSignal | undefined;
}

/** The tries of one piece of work. */
export class Patience {
  readonly #waits: readonly number[];
  readonly #stopping: AbortSignal | undefined;
  #tries = 0;

  constructor({ backoffMs, stopping }: PatienceOptions) {
    this.#waits = backoffMs ?? BACKOFF_MS;
    this.#stopping = stopping;
  }

  /** How often the work was tried again. */
  get tries(): number {
    return this.#tries;
  }

  get atMost(): number {
    return this.#waits.length;
  }

  /** How long to wait before the next try, in milliseconds; null for an error that stays, or when it was tried often enough. */
  waitAfter(error: unknown): number | null {
    if (!isPassing(error)) return null;
    const waitMs = this.#waits[this.#tries] ?? null;
    this.#tries += 1;
    return waitMs;
  }

  /** False when the process was asked to stop meanwhile. */
  async pause(ms: number): Promise<boolean> {
    const isOver = await wait(ms, true, { signal: this.#stopping }).catch(() => false);
    return isOver && this.#stopping?.aborted !== true;
  }

  /** Does a short piece of work until it is done; it must be the same done twice. */
  async persist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const waitMs = this.waitAfter(error);
        if (waitMs === null || !(await this.pause(waitMs))) throw error;
      }
    }
  }
}

/** True for a lost connection, a restart, a serialization failure, a deadlock, and staged rows that a restart emptied. */
export function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "unavailable";
  return isRetryable(error) || isConnectionLost(error);
}

/** What is told of an error that ended a step. */
export function failureFrom(step: StepName, error: unknown): Failure {
  return failureOf(step, error, troubleOf(error));
}
