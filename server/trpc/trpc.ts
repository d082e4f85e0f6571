/** tRPC, initialised once: the transformer, the errors' shape, and the builder that carries the permission. */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { authorise } from "../access/authorise.ts";
import { clientInput, type Permission } from "../access/schema.ts";
import { AppError } from "../base/errors.ts";
import type { Context } from "./context.ts";
import { toTRPCError } from "./errors.ts";

interface Meta {
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
      const cause = error.cause;
      const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
      const field = issue?.path.join(".") ?? (cause instanceof AppError ? cause.field : undefined);
      return {
        ...shape,
        message: issue === undefined ? shape.message : `${field ?? "input"}: ${issue.message}`,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          field: field ?? null,
          appCode: cause instanceof AppError ? cause.code : null,
          details: cause instanceof AppError ? (cause.details ?? null) : null,
        },
      };
    },
  });

export const { router, mergeRouters, createCallerFactory } = t;

/** Translates expected refusals, logs everything else once with path and actor and shows it as a reference. */
const translated = t.procedure.use(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTRPCError(result.error, {
    log: ctx.log,
    path,
    actor: ctx.actor,
    requestId: ctx.requestId,
  });
});

/** For procedures that list clients: a session, no client. */
export const signedIn = translated.meta({ permission: null }).use(({ ctx, next }) => {
  if (ctx.actor === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
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
