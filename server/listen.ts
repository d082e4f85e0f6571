/** The port: asked for early, so that a taken one is said before anything is made, and opened last. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { StartError } from "./base/start-error.ts";
import type { Env } from "./env.ts";

type Place = Pick<Env, "host" | "port">;

/** Throws `StartError` when the port cannot be had. */
export async function checkPort(place: Place): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((done, fail) => {
      probe.once("error", fail);
      probe.listen({ host: place.host, port: place.port }, done);
    });
  } catch (error) {
    throw asStartError(error, place);
  }
  await new Promise<void>((done) => probe.close(() => done()));
}

/** Opens the port and answers the address to type into a browser. Throws `StartError`. */
export async function listen(app: FastifyInstance, place: Place): Promise<string> {
  try {
    await app.listen({ host: place.host, port: place.port });
  } catch (error) {
    throw asStartError(error, place);
  }
  const { port } = app.server.address() as AddressInfo;
  const isLocal = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(place.host);
  return `http://${isLocal ? "localhost" : place.host}:${port}`;
}

function asStartError(error: unknown, { host, port }: Place): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return new StartError(`Port ${port} is taken; stop what listens there or choose another with PORT.`, error);
  }
  if (code === "EACCES") {
    return new StartError(`This user may not listen on port ${port}; choose one above 1023 with PORT.`, error);
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new StartError(`This machine has no address ${host}; correct HOST.`, error);
  }
  return error;
}
