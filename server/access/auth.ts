/** Sign-in: better-auth over the admin tables. Everything outside sees `Auth`, so that the library stays in this file. */
import { betterAuth } from "better-auth";
import type { BetterAuthOptions } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import type { Actor } from "../base/actor.ts";
import type { AdminId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import { PASSWORD_MAX, PASSWORD_MIN } from "./accounts.ts";

export interface AuthOptions {
  /** signs the session cookies; at least 32 characters */
  secret: string;
  /** where people reach the console, without a slash at the end */
  url: string;
  log: Log;
}

export interface SignedIn {
  actor: Extract<Actor, { kind: "admin" }>;
  /** Set-Cookie values that lengthen the session; empty most of the time */
  cookies: string[];
}

export interface Auth {
  /** Answers a request to one of `authRoutes`. */
  handle(request: Request): Promise<Response>;
  /** Who a request's cookie belongs to; null without a session, with an expired or an ended one. */
  signedIn(headers: Headers): Promise<SignedIn | null>;
  /** The same question without lengthening anything, for streams that ask again and again. */
  isAlive(headers: Headers): Promise<boolean>;
}

export const AUTH_PREFIX = "/api/auth";
/** The header that carries the address a request came from; the server sets it and drops what a client sends under that name. */
export const ADDRESS_HEADER = "x-muster-address";

/** What of better-auth can be reached; there is no way to sign up, to reset by mail or to change an address. */
export const authRoutes = [
  { method: "POST", path: "/sign-in/email" },
  { method: "POST", path: "/sign-out" },
  { method: "POST", path: "/change-password" },
  { method: "GET", path: "/get-session" },
] as const;

const DAY = 24 * 60 * 60;

/** Sets better-auth up over the request role's connections. */
export function createAuth(db: RootDb, options: AuthOptions): Auth {
  const auth = betterAuth(settings(db, options));
  return {
    handle: (request) => auth.handler(request),
    async signedIn(headers) {
      const { response, headers: answered } = await auth.api.getSession({ headers, returnHeaders: true });
      if (response === null) return null;
      const { id, name, email } = response.user;
      return { actor: { kind: "admin", id: id as AdminId, name, email }, cookies: answered.getSetCookie() };
    },
    async isAlive(headers) {
      return (await auth.api.getSession({ headers, query: { disableRefresh: true } })) !== null;
    },
  };
}

function settings(db: RootDb, { secret, url, log }: AuthOptions) {
  return {
    secret,
    baseURL: url,
    basePath: AUTH_PREFIX,
    database: prismaAdapter(db.prisma, { provider: "postgresql" }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    user: { modelName: "admin" },
    // Seven days from the last use; the cookie and the row move on together, at most once a day.
    session: { modelName: "adminSession", expiresIn: 7 * DAY, updateAge: DAY },
    account: { modelName: "adminAccount" },
    verification: { modelName: "adminVerification" },
    rateLimit: {
      enabled: true,
      storage: "database",
      modelName: "adminRateLimit",
      window: 60,
      max: 120,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/change-password": { window: 60, max: 5 },
        // Asked on every page; a guess at a signed cookie is no way in.
        "/get-session": false,
      },
    },
    advanced: {
      database: { generateId: "uuid" },
      cookiePrefix: "muster",
      // `Secure` depends on how each request came in, so server/http adds it; a prefix in the name would bind it to one address.
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // Every write is checked once, for all routes alike, in server/http/same-origin.ts.
      disableCSRFCheck: true,
    },
    telemetry: { enabled: false },
    logger: { level: "error", log: (level, message) => log[level]({ from: "better-auth" }, message) },
  } satisfies BetterAuthOptions;
}
