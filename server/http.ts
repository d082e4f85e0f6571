/** The server's one port: procedures, sign-in, uploads, health, metrics and the built console. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { createAuth } from "./access/auth.ts";
import { AppError } from "./base/errors.ts";
import type { Log } from "./base/log.ts";
import type { RootDb } from "./db/pools.ts";
import { type Env, PROJECT_ROOT, sessionSecret } from "./env.ts";
import { sourceDeps } from "./engine.ts";
import { registerExports } from "./exports/route.ts";
import { headersOf, registerAuth } from "./http/auth-route.ts";
import { tellingOf } from "./telling.ts";
import { errorHandler } from "./http/errors.ts";
import { registerHealth } from "./http/health.ts";
import { registerMetrics } from "./http/metrics.ts";
import { logRequests } from "./http/request-log.ts";
import { refuseOtherOrigins } from "./http/same-origin.ts";
import { addSecurityHeaders } from "./http/secure.ts";
import { registerTrpc } from "./http/trpc-route.ts";
import { serveWeb } from "./http/web.ts";
import { registerUpload } from "./imports/upload-route.ts";

export interface HttpOptions {
  db: RootDb;
  env: Env;
  log: Log;
  now: () => Date;
  /** the built console, dist/web unless said otherwise */
  webDir?: string | undefined;
}

const MEGABYTE = 1024 * 1024;

/** Builds the server without listening; `close` ends open streams too. */
export async function buildHttp({ db, env, log, now, webDir }: HttpOptions): Promise<FastifyInstance> {
  const { publicUrl } = env;
  const auth = createAuth(db, { secret: sessionSecret(env), url: publicUrl ?? `http://localhost:${env.port}`, log });
  const handleError = errorHandler(log);
  const app = fastify({
    logger: false,
    bodyLimit: MEGABYTE,
    // A batch of procedures names all of them in the path.
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
    trustProxy: trustedProxies(publicUrl),
    genReqId: () => randomBytes(6).toString("hex"),
    requestIdHeader: false,
    frameworkErrors: handleError,
  });
  app.setErrorHandler(handleError);
  logRequests(app, log);
  await addSecurityHeaders(app, publicUrl);
  await app.register(rateLimit, { global: false, errorResponseBuilder: tooMany });
  app.addHook("onRequest", refuseOtherOrigins(publicUrl));

  registerMetrics(app, { db, token: env.metricsToken, log, now });
  registerHealth(app, { db, log, now });
  await registerAuth(app, { auth, publicUrl, log });
  const uploadLimitBytes = env.uploadLimitMb * MEGABYTE;
  const context = { telling: tellingOf(env), sources: sourceDeps(env) };
  await registerTrpc(app, { db, auth, log, now, inboxDir: env.inbox, uploadLimitBytes, ...context, publicUrl });
  await app.register(async (scope) => {
    scope.addHook("onRequest", scope.rateLimit({ max: 60, timeWindow: "1 minute" }));
    const actorOf = async (request: FastifyRequest) => (await auth.signedIn(headersOf(request)))?.actor ?? null;
    registerUpload(scope, { db, now, log, actorOf, uploadLimitBytes });
    registerExports(scope, { db, now, log, actorOf });
  });
  await serveWeb(app, { folder: webDir ?? join(PROJECT_ROOT, "dist", "web"), log });
  return app;
}

/**
 * Whose word on the client's address and scheme is taken: a proxy on this machine, and one in the same private network
 * once MUSTER_PUBLIC_URL says that people come through a proxy. Otherwise anybody on the LAN could pose as anybody.
 */
function trustedProxies(publicUrl: string | undefined): string[] {
  return publicUrl === undefined ? ["loopback"] : ["loopback", "linklocal", "uniquelocal"];
}

function tooMany(_request: unknown, { ttl }: { ttl: number }): AppError {
  return new AppError("rate_limited", `Too many requests. Try again in ${Math.max(1, Math.ceil(ttl / 1000))} seconds.`);
}
