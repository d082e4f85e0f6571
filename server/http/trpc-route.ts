/** The procedures over http: the session's admin becomes the actor of the context. */
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Auth } from "../access/auth.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import type { Telling } from "../notifications/telling.ts";
import type { SourceDeps } from "../imports/sources/fetching.ts";
import { type AppRouter, appRouter } from "../router.ts";
import type { Context } from "../trpc/context.ts";
import { toTRPCError } from "../trpc/errors.ts";
import { headersOf, setCookies } from "./auth-route.ts";

interface Options {
  db: RootDb;
  auth: Auth;
  log: Log;
  now: () => Date;
  inboxDir: string;
  uploadLimitBytes: number;
  telling: Telling;
  sources: SourceDeps;
  publicUrl: string | undefined;
}

/** A page asks for a dozen things at once; more than this is no page. */
const LARGEST_BATCH = 50;

/** Registers `/trpc/:path`: queries and subscriptions as GET, mutations as POST. */
export async function registerTrpc(app: FastifyInstance, options: Options): Promise<void> {
  await app.register(fastifyTRPCPlugin, {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      maxBatchSize: LARGEST_BATCH,
      createContext: ({ req, res }) => createContext(options, req, res),
      responseMeta: () => ({ headers: new Headers([["cache-control", "no-store"]]) }),
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
}

async function createContext(options: Options, request: FastifyRequest, reply: FastifyReply): Promise<Context> {
  const { db, auth, log, now, inboxDir, uploadLimitBytes, telling, sources } = options;
  const headers = headersOf(request);
  try {
    const session = await auth.signedIn(headers);
    setCookies(request, reply, session?.cookies ?? [], options.publicUrl);
    return {
      db,
      actor: session?.actor ?? null,
      now,
      log,
      inboxDir,
      uploadLimitBytes,
      telling,
      sources,
      requestId: request.id,
      isSessionAlive: () => auth.isAlive(headers),
    };
  } catch (error) {
    throw toTRPCError(error, { log, path: "session", actor: null, requestId: request.id });
  }
}
