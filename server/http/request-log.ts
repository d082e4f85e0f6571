import type { FastifyInstance } from "fastify";
import type { Log } from "../base/log.ts";
import { pathOf } from "./errors.ts";

/** One line per request, with its id, never with headers, bodies or query texts. The id is answered too, as x-request-id. */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    log.info(
      {
        requestId: request.id,
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        address: request.ip,
      },
      "request",
    );
  });
}
