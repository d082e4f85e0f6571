/** Security headers, and whether a request came over https. */
import helmet from "@fastify/helmet";
import type { FastifyHelmetOptions } from "@fastify/helmet";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** True for a request over https, also where a trusted proxy ended it or MUSTER_PUBLIC_URL says so for this host. */
export function isHttps(request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (request.protocol === "https") return true;
  if (publicUrl === undefined) return false;
  const { protocol, host } = new URL(publicUrl);
  return protocol === "https:" && host === request.host;
}

const policy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // Mantine writes style elements.
  styleSrc: ["'self'", "'unsafe-inline'"],
  // Logos of clients live where the clients keep them.
  imgSrc: ["'self'", "data:", "https:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

const always: FastifyHelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: policy },
  frameguard: { action: "deny" },
  referrerPolicy: { policy: "same-origin" },
  // Over http these three would leave the console blank on a LAN, or fill its log with warnings.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
};

const behindHttps: FastifyHelmetOptions = {
  ...always,
  contentSecurityPolicy: { useDefaults: false, directives: { ...policy, upgradeInsecureRequests: [] } },
  strictTransportSecurity: { maxAge: 31_536_000 },
  crossOriginOpenerPolicy: { policy: "same-origin" },
  originAgentCluster: true,
};

/** Puts the headers on every answer, errors and files included. */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  await app.register(helmet, { global: false });
  app.addHook("onRequest", async (request, reply) => {
    reply.helmet(isHttps(request, publicUrl) ? behindHttps : always);
  });
}
