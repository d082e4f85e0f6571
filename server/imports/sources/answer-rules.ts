/** What the answer of a source means. Pure. */

/** The sentence for a status other than 200 and 304, and whether to ask again. */
export function reasonOf(status: number): { message: string; isTransient: boolean } {
  if (status === 401 || status === 403) {
    return {
      message: `The source refused the sign-in (${status}). Check the token or the password.`,
      isTransient: false,
    };
  }
  if (status === 404 || status === 410) {
    return { message: `The source has no file at this address (${status}).`, isTransient: false };
  }
  const isTransient = status === 408 || status === 425 || status === 429 || status >= 500;
  return { message: `The source answered ${status} instead of a file.`, isTransient };
}

/** Nobody is waited for longer than this. */
const LONGEST_WAIT_MS = 60_000;

/** How long Retry-After asks to wait, in milliseconds; null for a date or nothing. */
export function retryAfterMs(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Math.min(Number(header) * 1000, LONGEST_WAIT_MS) : null;
}

/** The name of a fetched file: the one the source gives it, else the last part of the address. */
export function nameOf(url: URL, disposition: string | undefined): string {
  const given = /filename="([^"]{1,200})"|filename=([^\s;"]{1,200})/i.exec(disposition ?? "");
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  return given?.[1] ?? given?.[2] ?? (decoded(last) || `${url.hostname}.csv`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The Authorization header of a sign-in. */
export function authorizationOf(
  kind: "none" | "bearer" | "basic",
  user: string | null,
  secret: string | null,
): string | null {
  if (kind === "none" || secret === null) return null;
  return kind === "bearer" ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user ?? ""}:${secret}`).toString("base64")}`;
}
