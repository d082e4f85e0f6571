/** When a seeding becomes a job, and what became of one, in words; no database, no clock. */
import type { Actor } from "../../base/actor.ts";
import { AppError } from "../../base/errors.ts";
import { databaseTrouble, type Failure } from "../../base/failures.ts";
import type { AdminId } from "../../base/ids.ts";
import { counted } from "../../base/text.ts";
import type { SeedRefused } from "../schema.ts";
import type { JobFailureDto, JobRequest } from "./schema.ts";

/** A job that was taken this long ago and on which nobody works has lost its process; as long as for a sync. */
export const SILENT_AFTER_MS = 20_000;
/** A job that cost so many processes is not given to the next. */
export const ATTEMPTS_AT_MOST = 5;

/** Who asked for it, as its row remembers it: seeds and audit entries get this name. */
export function starterOf(job: { byKind: Actor["kind"]; byName: string; byId: string | null }, client: string): Actor {
  if (job.byKind === "admin") return { kind: "admin", id: job.byId as AdminId, name: job.byName, email: "" };
  return job.byKind === "cli" ? { kind: "cli", name: job.byName } : { kind: "job", name: job.byName, clientId: client };
}

/** The plan that a request runs, if it runs one. */
export function planOfRequest(request: JobRequest): string | null {
  return request.kind === "run" ? null : (request.planId ?? null);
}

/** The mission of a request of one alone. */
export function missionOfRequest(request: JobRequest): string | null {
  if (request.kind === "activation") return request.missionId;
  return request.kind === "run" && request.missionIds?.length === 1 ? request.missionIds[0]! : null;
}

/** Told to whoever wants to seed while a job has the client. */
export function busySentence(job: { name: string; pairs: number; byName: string }): string {
  return `${job.byName} is seeding ${job.name} (${counted(job.pairs, "row")}) at this moment; try again when that has ended. The Seedings page shows it.`;
}

/** A plan that was not run as it was shown is a job that failed. */
export function refusalFailure(refusal: SeedRefused): Failure {
  return refusal.kind === "stale"
    ? {
        code: "stale",
        message: "The programme moved after this was previewed, so it was not run. Nothing was written.",
      }
    : { code: "expired", message: "Its preview had expired when its turn came. Nothing was written." };
}

/** The sentence for a job that failed: an expected refusal speaks for itself. */
export function jobFailure(error: unknown, sqlState: string | null): Failure {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  const { code, what } = databaseTrouble(sqlState);
  const log = code === "unexpected" ? "; the log has the cause" : "";
  return { code, message: `The seeding failed: ${what}. Nothing was written${log}.` };
}

/** Told of a job that ended one process after the other. */
export function killedItsProcesses(attempts: number): Failure {
  return {
    code: "process_died",
    message: `The seeding ended the process that worked on it ${attempts} times. Nothing was written.`,
  };
}

const ADVICE: Record<string, string> = {
  stale: "Preview it again: what moved is named there.",
  expired: "Preview it again.",
  timeout: "Try again; should it take too long again, seed fewer missions at once.",
  disk_full: "Make room on the database's disk, then try again.",
  connection_lost: "See that the database is up, then try again.",
  busy: "Try again in a few minutes.",
  process_died: "See why the process ends (often it lacks memory), then try again.",
  unexpected: "Try again once; should it fail again, the log's entry is what helps.",
};

/** What is to be known of a job that failed. */
export function failureDto(failure: Failure): JobFailureDto {
  const { code } = failure;
  return {
    ...failure,
    advice: ADVICE[code] ?? "Put right what the sentence names, then try again.",
    noRetry: code === "stale" || code === "expired" ? "What was previewed does not hold any more." : null,
  };
}
