/** The built console: hashed files for a year, its one page for every address that is nobody else's. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../base/log.ts";
import { pathOf } from "./errors.ts";

const PAGE = "index.html";

/** Serves `folder` (dist/web). Unknown paths answer the page to a browser that navigates and a JSON 404 to everything else. */
export async function serveWeb(app: FastifyInstance, { folder, log }: { folder: string; log: Log }): Promise<void> {
  const isBuilt = existsSync(join(folder, PAGE));
  if (isBuilt) {
    await app.register(staticFiles, {
      root: folder,
      wildcard: false,
      index: false,
      globIgnore: [".vite/**"],
      // Vite puts a hash into the name of everything below assets/; the rest keeps its name and may change.
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(folder, "assets"));
        reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  } else log.warn(`The console is not built: ${folder} has no ${PAGE}. Run npm start, or npx vite build.`);
  app.setNotFoundHandler(async (request, reply) => {
    if (!isNavigation(request)) {
      return reply.code(404).send({ message: "There is nothing at this address.", code: "not_found" });
    }
    return isBuilt ? reply.sendFile(PAGE) : notBuilt(reply);
  });
}

function isNavigation(request: FastifyRequest): boolean {
  const path = pathOf(request);
  const isOurs = /^\/(api|trpc|assets|health|metrics)(\/|$)/.test(path);
  const wantsPage = (request.headers.accept ?? "").includes("text/html");
  return (request.method === "GET" || request.method === "HEAD") && !isOurs && wantsPage;
}

function notBuilt(reply: FastifyReply) {
  return reply
    .code(503)
    .type("text/plain; charset=utf-8")
    .send("The console has not been built yet. Stop the server and start it with npm start, which builds it.\n");
}
