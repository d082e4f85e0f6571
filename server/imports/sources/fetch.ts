/** One conditional GET of a file over https, with its redirects. What goes wrong is told in a sentence; whether again helps, too. */
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { TLSSocket } from "node:tls";
import { createGunzip } from "node:zlib";
import type { Readable } from "node:stream";
import { isPublicAddress } from "../../base/public-address.ts";
import { literalOf, PrivateAddress, publicLookup } from "./address.ts";
import { nameOf, reasonOf, retryAfterMs } from "./answer-rules.ts";

export interface Target {
  url: string;
  /** the whole value of the Authorization header, or null */
  authorization: string | null;
  etag: string | null;
  lastModified: string | null;
}

export interface FetchDeps {
  /** private addresses too (MUSTER_ALLOW_PRIVATE_SOURCES) */
  allowPrivate: boolean;
  /** further authorities to trust, for tests */
  ca?: string | undefined;
}

/** `unchanged`: the source says that the file is the one it sent before. The stream is to be read to its end or destroyed. */
export type Fetched =
  | { kind: "unchanged" }
  | { kind: "file"; name: string; stream: Readable; etag: string | null; lastModified: string | null };

/** The source did not give a file. `message` is a sentence for the admin. */
export class SourceFailed extends Error {
  /** trying again may help */
  readonly isTransient: boolean;
  /** how long the source asked to be left alone */
  readonly waitMs: number | null;

  constructor(message: string, more: { isTransient?: boolean; waitMs?: number | null; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.isTransient = more.isTransient ?? false;
    this.waitMs = more.waitMs ?? null;
  }
}

const MOST_REDIRECTS = 5;

/** Asks for the file. Redirects are followed to https only, and the sign-in is not told to another host. Throws `SourceFailed`. */
export async function fetchFile(target: Target, deps: FetchDeps, signal: AbortSignal): Promise<Fetched> {
  let url = new URL(target.url);
  let authorization = target.authorization;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await get(url, { ...target, authorization }, deps, signal);
    const status = answer.statusCode ?? 0;
    if (![301, 302, 303, 307, 308].includes(status)) return fetchedOf(url, answer);
    answer.destroy();
    const next = redirected(url, answer.headers.location);
    if (next.origin !== url.origin) authorization = null;
    url = next;
  }
  throw new SourceFailed(`The source redirected more than ${MOST_REDIRECTS} times.`);
}

function redirected(from: URL, location: string | undefined): URL {
  if (location === undefined || !URL.canParse(location, from)) {
    throw new SourceFailed("The source redirected to an address that is none.");
  }
  const next = new URL(location, from);
  if (next.protocol === "https:") return next;
  throw new SourceFailed(
    `The source redirected to ${next.protocol}//${next.host}, which is not https. Nothing was fetched.`,
  );
}

function get(url: URL, target: Target, deps: FetchDeps, signal: AbortSignal): Promise<IncomingMessage> {
  const literal = literalOf(url);
  if (!deps.allowPrivate && literal !== null && !isPublicAddress(literal)) throw isPrivate(url);
  const headers = {
    accept: "text/csv, */*;q=0.5",
    "accept-encoding": "gzip, identity",
    "user-agent": "Muster",
    ...(target.authorization === null ? {} : { authorization: target.authorization }),
    ...(target.etag === null ? {} : { "if-none-match": target.etag }),
    ...(target.lastModified === null ? {} : { "if-modified-since": target.lastModified }),
  };
  const options = {
    headers,
    signal,
    // A connection of its own: none that was opened for another name is used again.
    agent: false,
    ...(deps.allowPrivate ? {} : { lookup: publicLookup }),
    ...(deps.ca === undefined ? {} : { ca: deps.ca }),
  } as const;
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve);
    asked.on("error", (error) => reject(failureOf(url, error, signal)));
    asked.on("socket", (socket) => {
      socket.once("secureConnect", () => {
        // The last word, whatever led here.
        const { remoteAddress } = socket as TLSSocket;
        if (!deps.allowPrivate && !isPublicAddress(remoteAddress ?? ""))
          asked.destroy(new PrivateAddress(url.hostname));
      });
    });
    asked.end();
  });
}

function fetchedOf(url: URL, answer: IncomingMessage): Fetched {
  const status = answer.statusCode ?? 0;
  const { headers } = answer;
  if (status === 304) {
    answer.destroy();
    return { kind: "unchanged" };
  }
  if (status !== 200) {
    answer.destroy();
    const { message, isTransient } = reasonOf(status);
    throw new SourceFailed(message, { isTransient, waitMs: retryAfterMs(headers["retry-after"]) });
  }
  return {
    kind: "file",
    name: nameOf(url, headers["content-disposition"]),
    stream: unpacked(answer),
    etag: headers.etag?.slice(0, 1_000) ?? null,
    lastModified: headers["last-modified"]?.slice(0, 100) ?? null,
  };
}

/** What is unpacked counts towards the limit of size, so a bomb goes off in nobody's memory. */
function unpacked(answer: IncomingMessage): Readable {
  if (answer.headers["content-encoding"] !== "gzip") return answer;
  const gunzip = createGunzip();
  answer.on("error", (error) => gunzip.destroy(error));
  gunzip.on("close", () => answer.destroy());
  return answer.pipe(gunzip);
}

function isPrivate(url: URL, cause?: unknown): SourceFailed {
  return new SourceFailed(
    `${url.hostname} is an address of a private network, which this installation does not fetch from (MUSTER_ALLOW_PRIVATE_SOURCES).`,
    { cause },
  );
}

/** The sentence for a connection that failed, also in the middle of the file. */
export function failureOf(url: URL, error: unknown, signal: AbortSignal): SourceFailed {
  if (error instanceof SourceFailed) return error;
  if (error instanceof PrivateAddress) return isPrivate(url, error);
  if (signal.aborted) return new SourceFailed("The source took longer than the time limit.", { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    return new SourceFailed(`The certificate of ${url.hostname} is not accepted (${code}).`, { cause: error });
  }
  const what =
    code === "ENOTFOUND"
      ? `There is no host called ${url.hostname}.`
      : `The connection to ${url.hostname} failed (${code || "broken off"}).`;
  return new SourceFailed(what, { isTransient: true, cause: error });
}
