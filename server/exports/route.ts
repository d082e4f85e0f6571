/** The plain route of downloads (tRPC would hold a list in memory). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { permitRequest, type RouteDeps } from "../access/permit-request.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { attachment } from "../csv/rules.ts";
import { exportLists, type Listed } from "./lists.ts";
import type { ExportListName } from "./schema.ts";
import { openExport } from "./service.ts";

export interface ExportDeps extends RouteDeps {
  now: () => Date;
  log: Log;
}

/**
 * Adds `GET /api/clients/:clientId/exports/:list.csv`; the list's filters are its query. Refusals are `AppError`s for the server's
 * error handler. What fails after the first byte breaks the connection, so that half a file is never taken for a whole one.
 */
export function registerExports(app: FastifyInstance, deps: ExportDeps): void {
  // No HEAD: it would read a million rows to answer none.
  app.get("/api/clients/:clientId/exports/:list.csv", { exposeHeadRoute: false }, (request, reply) =>
    download(request, reply, deps),
  );
}

const params = z.object({ clientId: z.string(), list: z.string() });
const queryOf = z.record(z.string(), z.unknown());

async function download(request: FastifyRequest, reply: FastifyReply, deps: ExportDeps): Promise<FastifyReply> {
  const { clientId, list } = params.parse(request.params);
  const { permission, list: chosen, mayBeStale } = listedAs(list);
  const { client } = await permitRequest(deps, request, clientId, permission);
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const query = queryOf.parse(request.query);
  const order = { client, list: chosen, mayBeStale, query, now: deps.now(), signal: gone.signal };
  const { fileName, csv, asOf } = await openExport(deps.db, order).catch((error: unknown) => {
    // Nobody reads the answer, and the statement that was ended for it is no bug.
    throw gone.signal.aborted ? new AppError("unavailable", "The download was given up.", { cause: error }) : error;
  });
  csv.on("error", (error) => {
    if (!gone.signal.aborted) deps.log.error({ err: error, requestId: request.id }, "a download broke off");
  });
  if (asOf !== null) reply.header("x-muster-data-as-of", asOf.toISOString());
  return reply
    .header("content-type", "text/csv; charset=utf-8")
    .header("content-disposition", attachment(fileName))
    .header("cache-control", "no-store")
    .send(csv);
}

function listedAs(name: string): Listed {
  const listed = Object.hasOwn(exportLists, name) ? exportLists[name as ExportListName] : undefined;
  if (listed === undefined) throw notFound(`A download called ${name}`);
  return listed;
}
