/** Hands sign-in requests to better-auth, which speaks Request and Response, and its answers back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ADDRESS_HEADER, type Auth, AUTH_PREFIX, authRoutes } from "../access/auth.ts";
import { PASSWORD_MAX, PASSWORD_MIN } from "../access/accounts.ts";
import { AppError, type AppErrorCode } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { type ErrorBody, internal, statusOf } from "./errors.ts";
import { isHttps } from "./secure.ts";

interface Options {
  auth: Auth;
  publicUrl: string | undefined;
  log: Log;
}

/** Registers the few routes of sign-in; every other path below the prefix does not exist. */
export async function registerAuth(app: FastifyInstance, options: Options): Promise<void> {
  await app.register(async (scope) => {
    // better-auth parses the body itself, also the empty one of a sign-out.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
    for (const { method, path } of authRoutes) {
      scope.route({
        method,
        url: `${AUTH_PREFIX}${path}`,
        handler: (request, reply) => bridge(request, reply, options),
      });
    }
  });
}

async function bridge(request: FastifyRequest, reply: FastifyReply, options: Options): Promise<unknown> {
  const answer = await options.auth.handle(toRequest(request));
  setCookies(request, reply, answer.headers.getSetCookie(), options.publicUrl);
  reply.code(answer.status).header("cache-control", "no-store");
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return reply.send(body);
  if (answer.status < 500) return reply.send(refusal(answer, body, reply));
  options.log.error({ requestId: request.id, body }, "sign-in failed unexpectedly");
  return reply.code(500).send(internal(request));
}

/** The request's headers as better-auth reads them, with the true address in place of whatever was sent under its name. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const name of ["cookie", "user-agent", "content-type"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  headers.set(ADDRESS_HEADER, request.ip);
  return headers;
}

function toRequest(request: FastifyRequest): Request {
  const hasBody = request.method === "POST" && typeof request.body === "string" && request.body !== "";
  // The library would print what it cannot parse to the terminal.
  if (hasBody && !isJson(request.body as string)) {
    throw new AppError("bad_request", "The request could not be read: it is not JSON.");
  }
  return new Request(new URL(request.url, "http://muster.invalid"), {
    method: request.method,
    headers: headersOf(request),
    ...(hasBody ? { body: request.body as string } : {}),
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Forwards cookies one by one, `Secure` where the request came over https. */
export function setCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  cookies: readonly string[],
  publicUrl: string | undefined,
): void {
  const suffix = isHttps(request, publicUrl) ? "; Secure" : "";
  for (const cookie of cookies) reply.header("set-cookie", `${cookie}${suffix}`);
}

const sentences: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "The e-mail address or the password is wrong.",
  INVALID_EMAIL: "Write a whole e-mail address, such as name@example.com.",
  INVALID_PASSWORD: "The present password is wrong.",
  PASSWORD_TOO_SHORT: `A password needs at least ${PASSWORD_MIN} characters.`,
  PASSWORD_TOO_LONG: `A password has at most ${PASSWORD_MAX} characters.`,
};

function refusal(answer: Response, body: unknown, reply: FastifyReply): ErrorBody {
  const said = (body ?? {}) as { code?: unknown; message?: unknown };
  const code = codeOf(answer.status);
  if (code === "rate_limited") {
    const seconds = Number(answer.headers.get("x-retry-after") ?? 60);
    reply.header("retry-after", String(seconds));
    return { message: `Too many attempts. Try again in ${seconds} seconds.`, code };
  }
  const known = typeof said.code === "string" ? sentences[said.code] : undefined;
  if (known !== undefined) return { message: known, code };
  if (code === "unauthenticated") return { message: "Sign in first.", code };
  return { message: typeof said.message === "string" ? said.message : "The request could not be read.", code };
}

function codeOf(status: number): AppErrorCode {
  const codes = Object.keys(statusOf) as AppErrorCode[];
  return codes.find((code) => statusOf[code] === status) ?? "bad_request";
}
