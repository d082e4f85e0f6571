/** What callers see of an error: refusals in their own words, bugs as a reference and nothing else. */
import { TRPCError } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import superjson from "superjson";
import { ZodError } from "zod";
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

/** Marks the error of a bug that was logged: its message names the reference and may be shown. */
class Reported extends Error {}

interface Where {
  log: Log;
  path: string;
  actor: Actor | null;
  requestId: string;
}

/** An AppError becomes its tRPC code; a tRPC error passes; anything else is a bug: logged once, shown as a reference. */
export function toTRPCError(error: unknown, where: Where): TRPCError {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError) {
    return new TRPCError({ code: codes[cause.code], message: cause.message, cause });
  }
  const isExpected = error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR";
  if (isExpected || cause instanceof Reported) return error as TRPCError;
  const { log, path, actor, requestId } = where;
  log.error({ err: cause ?? error, path, actor: actor?.name ?? null, requestId }, "a procedure failed unexpectedly");
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: `Something failed that should not have. Nothing of this request was saved. Reference ${requestId}.`,
    cause: new Reported(`reference ${requestId}`, { cause: error }),
  });
}

/** Translates what a subscription throws after it has begun; without this its words would reach the browser as they are. */
export async function* translatedStream(stream: AsyncIterable<unknown>, where: Where): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw toTRPCError(error, where);
  }
}

/** What the web reads of an error beside its message. */
export interface ErrorData {
  code: TRPCError["code"];
  httpStatus: number;
  path: string | null;
  /** the input at fault, as a path such as tiers.0.tierName; null where no single one is */
  field: string | null;
  appCode: AppErrorCode | null;
  details: Readonly<Record<string, unknown>> | null;
}

/** The message and data of an error; a message that was not written for admins is never shown. */
export function describeError(
  error: TRPCError,
  shape: { message: string; httpStatus: number; path?: string | undefined },
): { message: string; data: ErrorData } {
  const { cause } = error;
  const data = {
    code: error.code,
    httpStatus: shape.httpStatus,
    path: shape.path ?? null,
    field: null,
    appCode: null,
    details: null,
  };
  if (error.code === "INTERNAL_SERVER_ERROR") {
    const isShowable = cause instanceof Reported;
    return { message: isShowable ? shape.message : "Something failed that should not have. Try again.", data };
  }
  if (cause instanceof AppError) {
    return {
      message: cause.message,
      data: { ...data, field: cause.field ?? null, appCode: cause.code, details: cause.details ?? null },
    };
  }
  if (!(cause instanceof ZodError)) return { message: shape.message, data };
  const issue = cause.issues[0];
  const field = issue?.path.join(".") ?? "";
  return {
    message: `${field === "" ? "input" : field}: ${issue?.message ?? "not understood"}`,
    data: { ...data, field: field === "" ? null : field, appCode: "bad_request" },
  };
}

/** The body of a refusal that happens before tRPC sees the request, in the form that its client reads. */
export function refusalBody(code: AppErrorCode | "internal", message: string, httpStatus: number) {
  const key = code === "internal" ? "INTERNAL_SERVER_ERROR" : codes[code];
  const data: ErrorData = {
    code: key,
    httpStatus,
    path: null,
    field: null,
    appCode: code === "internal" ? null : code,
    details: null,
  };
  return { error: superjson.serialize({ message, code: TRPC_ERROR_CODES_BY_KEY[key], data }) };
}
