/** Reads PostgreSQL's own words out of an error, whichever of the two drivers wrapped it. */

interface DriverCause {
  originalCode?: unknown;
  code?: unknown;
}

function causeOf(error: unknown): DriverCause | null {
  if (typeof error !== "object" || error === null) return null;
  const meta = (error as { meta?: { driverAdapterError?: { cause?: DriverCause } } }).meta;
  // A failure at begin or commit arrives as the adapter's error itself.
  const own =
    (error as { name?: unknown; cause?: unknown }).name === "DriverAdapterError"
      ? (error as { cause: DriverCause }).cause
      : undefined;
  return meta?.driverAdapterError?.cause ?? own ?? null;
}

/** The five-letter SQLSTATE of a database error, such as 23505 for a unique violation; null for anything else. */
export function sqlStateOf(error: unknown): string | null {
  const cause = causeOf(error);
  const code = cause === null ? (error as { code?: unknown } | null)?.code : (cause.originalCode ?? cause.code);
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** True for a serialization failure or a deadlock: the same transaction may succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === "40001" || state === "40P01" || (error as { code?: unknown } | null)?.code === "P2034";
}

/** True when no connection could be made, so that nothing was asked of the server and asking again is safe. */
export function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "ECONNREFUSED" || code === "ENOENT" || code === "ECONNRESET" || code === "57P03";
}

/** Words of the two drivers for a connection that broke under its user; they carry no code. */
const BROKEN =
  /Connection (?:terminated|ended)|not queryable|Client was closed|timeout exceeded when trying to connect|write EPIPE|read ECONNRESET|Server has closed the connection/;
const BROKEN_KINDS = new Set(["ConnectionClosed", "DatabaseNotReachable", "SocketTimeout", "TooManyConnections"]);

/**
 * True when the connection broke or could not be made, or the server was ending or starting. What was asked is then rolled back,
 * unless it was the commit: that may have happened, so whoever asks again looks first.
 */
export function isConnectionLost(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { message, syscall } = error as { message?: unknown; syscall?: unknown };
  const state = sqlStateOf(error) ?? "";
  if (state.startsWith("08") || /^57P0[1-4]$/.test(state) || state === "53300") return true;
  if (isUnreachable(error) && (syscall === undefined || syscall === "connect" || syscall === "read")) return true;
  const cause = causeOf(error) as { kind?: unknown; originalMessage?: unknown } | null;
  if (typeof cause?.kind === "string" && BROKEN_KINDS.has(cause.kind)) return true;
  const code = (error as { code?: unknown }).code;
  // Prisma's own: unreachable, closed by the server, no transaction to be had in time.
  if (code === "P1001" || code === "P1017") return true;
  if (code === "P2028" && typeof message === "string") return message.includes("Unable to start a transaction");
  return [message, cause?.originalMessage].some((text) => typeof text === "string" && BROKEN.test(text));
}

/** The SQLSTATE of an error, also of those that reach us without one; null for what is no trouble of the database's. */
export function troubleOf(error: unknown): string | null {
  // Some broken connections have no code of the database's.
  return sqlStateOf(error) ?? (isConnectionLost(error) ? "08006" : isRetryable(error) ? "40001" : null);
}
