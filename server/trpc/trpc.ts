/** tRPC, initialised once: the transformer, the errors' shape, and the builder that carries the permission. */
import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { authorise } from "../access/authorise.ts";
import { clientInput, type Permission } from "../access/schema.ts";
import { AppError } from "../base/errors.ts";
import type { Context } from "./context.ts";
import { describeError, toTRPCError, translatedStream } from "./errors.ts";

export interface Meta {
  /** null: needs a session, but no client */
  permission: Permission | null;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    sse: {
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
    errorFormatter({ shape, error }) {
      const { httpStatus, path } = shape.data;
      return { code: shape.code, ...describeError(error, { message: shape.message, httpStatus, path }) };
    },
  });

export const { router, mergeRouters, createCallerFactory } = t;

/** Translates expected refusals, logs everything else once with path and actor and shows it as a reference. */
const translated = t.procedure.use(async ({ next, ctx, path, type }) => {
  const where = { log: ctx.log, path, actor: ctx.actor, requestId: ctx.requestId };
  const result = await next();
  if (!result.ok) throw toTRPCError(result.error, where);
  if (type !== "subscription" || !isStream(result.data)) return result;
  return { ...result, data: translatedStream(result.data, where) };
});

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}

/** PostgreSQL's text cannot hold NUL, nor its JSON half of a character, and no text that people write does. */
const storable = translated.use(async ({ next, getRawInput }) => {
  const input = await getRawInput();
  if (holdsText(input, /\0/)) throw new AppError("bad_request", "The input holds a NUL character, which no text may.");
  if (holdsText(input, /\p{Cs}/u)) {
    throw new AppError("bad_request", "The input holds half of a character, such as an emoji that was cut in two.");
  }
  return next();
});

function holdsText(input: unknown, pattern: RegExp): boolean {
  let isFound = false;
  JSON.stringify(input ?? null, (_, value: unknown) => {
    isFound ||= typeof value === "string" && pattern.test(value);
    return value;
  });
  return isFound;
}

/** For procedures that list clients: a session, no client. */
export const signedIn = storable.meta({ permission: null }).use(({ ctx, next }) => {
  if (ctx.actor === null) throw new AppError("unauthenticated", "Sign in first.");
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/**
 * The builder of every other procedure: takes `clientId`, checks the actor's permission there and puts the branded
 * `client` and the actor's `role` into the context.
 */
export function permitted(permission: Permission) {
  return signedIn
    .meta({ permission })
    .input(clientInput)
    .use(async ({ ctx, input, next }) => {
      const access = await authorise(ctx.db, ctx.actor, input.clientId, permission);
      return next({ ctx: { ...ctx, client: access.client, role: access.role } });
    });
}
