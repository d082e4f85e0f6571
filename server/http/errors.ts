/** Errors outside tRPC as JSON: `{ message, code, reference? }`, a sentence and never a stack trace. */
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { AppError, type AppErrorCode } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { refusalBody } from "../trpc/errors.ts";

export interface ErrorBody {
  message: string;
  code: AppErrorCode | "internal";
  /** input at fault, where there is one */
  field?: string;
  details?: Readonly<Record<string, unknown>>;
  /** the request's id, to be found in the log */
  reference?: string;
}

export const statusOf = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  file_refused: 422,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<AppErrorCode, number>;

/**
 * The error handler of everything outside procedures: refusals are told, bugs are logged once and shown as a reference.
 * Below /trpc the body has the form that tRPC's client reads, so that the console shows the sentence there too.
 */
export function errorHandler(log: Log) {
  return (error: FastifyError | AppError, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body } = describe(error, request, log);
    const isTrpc = pathOf(request).startsWith("/trpc/");
    void reply.code(status).send(isTrpc ? refusalBody(body.code, body.message, status) : body);
  };
}

function describe(
  error: FastifyError | AppError,
  request: FastifyRequest,
  log: Log,
): { status: number; body: ErrorBody } {
  if (error instanceof AppError) {
    const { message, code, field, details } = error;
    const more = { ...(field === undefined ? {} : { field }), ...(details === undefined ? {} : { details }) };
    return { status: statusOf[code], body: { message, code, ...more } };
  }
  const status = error.statusCode ?? 500;
  if (status < 500) {
    return { status, body: { message: sentences[status] ?? error.message, code: codes[status] ?? "bad_request" } };
  }
  log.error({ err: error, requestId: request.id, path: pathOf(request) }, "a route failed unexpectedly");
  return { status: 500, body: internal(request) };
}

/** What is shown of a bug. */
export function internal(request: FastifyRequest): ErrorBody {
  return {
    message: `Something failed that should not have. Reference ${request.id}.`,
    code: "internal",
    reference: request.id,
  };
}

const codes: Readonly<Record<number, AppErrorCode>> = Object.fromEntries(
  Object.entries(statusOf).map(([code, status]) => [status, code as AppErrorCode]),
);

const sentences: Readonly<Record<number, string>> = {
  413: "This request is larger than the server takes.",
  415: "The server does not read this kind of content.",
};

/** The path without its query: lists put search texts there. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0]!;
}
