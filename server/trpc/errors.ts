import { TRPCError } from "@trpc/server";
import type { Actor } from "../base/actor.ts";
import { AppError, type AppErrorCode } from "../base/errors.ts";
import type { Log } from "../base/log.ts";

const codes = {
  bad_request: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  file_refused: "UNPROCESSABLE_CONTENT",
  too_large: "PAYLOAD_TOO_LARGE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<AppErrorCode, TRPCError["code"]>;

interface Where {
  log: Log;
  path: string;
  actor: Actor | null;
  requestId: string;
}

/** An AppError becomes its tRPC code; a tRPC error passes; anything else is a bug: logged once, shown as a reference. */
export function toTRPCError(error: TRPCError, where: Where): TRPCError {
  const { cause } = error;
  if (cause instanceof AppError) {
    return new TRPCError({ code: codes[cause.code], message: cause.message, cause });
  }
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  where.log.error(
    {
      err: cause ?? error,
      path: where.path,
      actor: where.actor?.name ?? null,
      requestId: where.requestId,
    },
    "a procedure failed unexpectedly",
  );
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: `Something failed that should not have. Nothing of this request was saved. Reference ${where.requestId}.`,
    cause: error,
  });
}
