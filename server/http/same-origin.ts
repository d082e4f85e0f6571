import type { FastifyRequest } from "fastify";
import { AppError } from "../base/errors.ts";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a write that another site's page sent with the admin's cookie. Browsers say where a request comes from
 * (Sec-Fetch-Site; Origin where the console is not behind https); a request that says neither does not come from a browser.
 */
export function refuseOtherOrigins(publicUrl: string | undefined): (request: FastifyRequest) => Promise<void> {
  const publicOrigin = publicUrl === undefined ? null : new URL(publicUrl).origin;
  return async (request) => {
    if (READING.has(request.method) || isSameOrigin(request, publicOrigin)) return;
    throw new AppError("forbidden", "This request came from another site. Open the console itself and try again.");
  };
}

function isSameOrigin(request: FastifyRequest, publicOrigin: string | null): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return origin === publicOrigin || hostOf(origin) === request.host;
}

/** The scheme is left out: a proxy may have ended https without saying so. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
