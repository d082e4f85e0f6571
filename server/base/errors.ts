/** The closed set of errors that callers may see; server/trpc translates them to tRPC codes. */
export type AppErrorCode =
  | "bad_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "file_refused"
  | "too_large"
  | "rate_limited"
  | "unavailable";

/** An expected refusal. `message` is the sentence the admin reads; `field` names the input at fault; `details` is shown as facts. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: AppErrorCode,
    message: string,
    more: { field?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "AppError";
    this.code = code;
    this.field = more.field;
    this.details = more.details;
  }
}

/** The error for an id that does not exist or belongs to another client: the two must look the same. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `${what} was not found.`);
}
