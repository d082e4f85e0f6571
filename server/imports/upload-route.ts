/** The two plain routes of imports: a file comes in as a stream, rejected rows go out as one (tRPC would hold both in memory). */
import { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { permitRequest, type RouteDeps } from "../access/permit-request.ts";
import type { ImportId } from "../base/ids.ts";
import { isUuid } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { csvLines } from "../csv/rules.ts";
import { lookAtColumns } from "./columns/look.ts";
import { allRejected, getImport } from "./history/service.ts";
import { refusal } from "./rules.ts";
import { asReturnable } from "./returned-rules.ts";
import { csvColumns, rejectedColumns } from "./schema.ts";
import type { ColumnsSeen } from "./sources/schema.ts";
import { storeImport } from "./store.ts";

export interface UploadDeps extends RouteDeps {
  now: () => Date;
  uploadLimitBytes: number;
  log: Log;
}

/**
 * Adds `POST /api/clients/:clientId/imports` (multipart, field `file`; answers `{ importId }`), `POST …/imports/columns` (the same;
 * answers the file's columns and keeps nothing) and
 * `GET /api/clients/:clientId/imports/:importId/rejected.csv`. Refusals are `AppError`s for the server's error handler; the
 * same-origin check is the caller's.
 */
export function registerUpload(app: FastifyInstance, deps: UploadDeps): void {
  void app.register(async (scope) => {
    // One byte more than the limit reaches us, so that we see that there was more; the rest is read and dropped.
    const limits = { files: 1, fields: 10, fieldSize: 1_000, fileSize: deps.uploadLimitBytes + 1 };
    await scope.register(multipart, { limits, throwFileSizeLimit: false });
    scope.post("/api/clients/:clientId/imports", (request) => upload(request, deps));
    scope.post("/api/clients/:clientId/imports/columns", (request) => lookAt(request, deps));
    scope.get("/api/clients/:clientId/imports/:importId/rejected.csv", async (request, reply) => {
      const { fileName, csv } = await rejectedCsv(request, deps);
      return reply
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="rejected.csv"; filename*=UTF-8''${fileName}`)
        .send(csv);
    });
  });
}

const uploadParams = z.object({ clientId: z.string() });
const rejectedParams = uploadParams.extend({ importId: z.string() });

async function upload(request: FastifyRequest, deps: UploadDeps): Promise<{ importId: ImportId }> {
  const { clientId } = uploadParams.parse(request.params);
  const { actor, client } = await permitRequest(deps, request, clientId, "imports:write");
  const part = await sentFile(request);
  const file = { name: part.filename, source: "upload" as const, stream: part.file };
  return storeImport(deps.db, actor, client, file, { now: deps.now(), limitBytes: deps.uploadLimitBytes });
}

/** What the columns of a file are called and hold, for an owner who matches them with ours. */
async function lookAt(request: FastifyRequest, deps: UploadDeps): Promise<ColumnsSeen> {
  const { clientId } = uploadParams.parse(request.params);
  await permitRequest(deps, request, clientId, "sources:write");
  const part = await sentFile(request);
  try {
    return await lookAtColumns(part.file, deps.uploadLimitBytes);
  } finally {
    // A browser hears the answer only when all is sent.
    part.file.resume();
  }
}

async function sentFile(request: FastifyRequest) {
  if (!request.isMultipart()) throw refusal("empty_upload");
  const part = await request.file();
  if (part !== undefined && part.fieldname === "file") return part;
  part?.file.resume();
  throw refusal("empty_upload");
}

/** Line, column, code and reason first, then the ten cells as they came: corrected, the file can come back as it is. */
async function rejectedCsv(request: FastifyRequest, deps: UploadDeps): Promise<{ fileName: string; csv: Readable }> {
  const { clientId, importId } = rejectedParams.parse(request.params);
  const { client } = await permitRequest(deps, request, clientId, "imports:read");
  const id = (isUuid(importId) ? importId : NOWHERE) as ImportId;
  const { fileName } = await getImport(deps.db, client, id);
  const csv = Readable.from(linesOf(allRejected(deps.db, client, id, deps.now())), { objectMode: false });
  csv.on("error", (error: unknown) => deps.log.error({ err: error, requestId: request.id }, "a download broke off"));
  return { fileName: encodeURIComponent(`rejected ${fileName}`).replaceAll("'", "%27"), csv };
}

async function* linesOf(rows: ReturnType<typeof allRejected>): AsyncGenerator<string> {
  yield csvLines([[...rejectedColumns, ...csvColumns]], "first");
  for await (const { line, column, code, reason, cells } of rows) {
    yield csvLines([[line, column, code, reason, ...cells.map(asReturnable)]], "next");
  }
}

const NOWHERE = "00000000-0000-0000-0000-000000000000";
