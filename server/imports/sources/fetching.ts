/** Fetching as often as the source's trouble may pass, within its limits of time and size. */
import { type Readable, Transform } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import { authorizationOf } from "./answer-rules.ts";
import { failureOf, type FetchDeps, type Fetched, fetchFile, SourceFailed, type Target } from "./fetch.ts";
import { unseal } from "./seal.ts";
import type { SourceRow } from "./sql.ts";

/** What fetching needs of the process. */
export interface SourceDeps extends FetchDeps {
  /** the key that sign-ins are sealed with */
  key: () => Buffer;
  /** pauses between the attempts; by default 1, 5 and 20 s */
  backoffMs?: readonly number[] | undefined;
}

/** What fetching needs; every composition root gives it. */
export function sourcesOf({ sources }: { sources?: SourceDeps | undefined }): SourceDeps {
  return sources ?? noSources;
}

/** Where nothing was given, nothing is fetched from: no key opens a sign-in, and no private address is asked. */
const noSources: SourceDeps = {
  allowPrivate: false,
  key: () => {
    throw new Error("this process was given no key for the sources");
  },
};

const BACKOFF_MS = [1_000, 5_000, 20_000];
const MEGABYTE = 1024 * 1024;

/** What is asked for, with the sign-in opened; it goes into the request and nowhere else. */
export function targetOf(client: ClientId, source: SourceRow, deps: Pick<SourceDeps, "key">): Target {
  const secret = source.secret === null ? null : opened(client, source.secret, deps);
  return {
    url: source.url!,
    authorization: authorizationOf(source.authKind, source.authUser, secret),
    etag: source.etag,
    lastModified: source.lastModified,
  };
}

/** A sign-in that cannot be read is trouble of the source: the night says so and goes on. */
function opened(client: ClientId, secret: Uint8Array, deps: Pick<SourceDeps, "key">): string {
  try {
    return unseal(deps.key(), client, secret);
  } catch (error) {
    if (error instanceof AppError) throw new SourceFailed(error.message, { cause: error });
    throw error;
  }
}

/** Fetches, and hands what came to `work`, as often as the source's trouble may pass; all of it within the time limit. */
export async function fetching<T>(
  client: ClientId,
  source: SourceRow,
  deps: SourceDeps,
  work: (fetched: Fetched) => Promise<T>,
  limitBytes: number,
): Promise<T> {
  const target = targetOf(client, source, deps);
  const signal = AbortSignal.timeout(source.timeLimitSeconds * 1_000);
  const pauses = deps.backoffMs ?? BACKOFF_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await handedOver(await fetchFile(target, deps, signal), new URL(target.url), { signal, limitBytes, work });
    } catch (error) {
      const pause = pauses[attempt];
      if (!(error instanceof SourceFailed) || !error.isTransient || pause === undefined) throw error;
      await wait(Math.max(pause, error.waitMs ?? 0), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw error;
    }
  }
}

/** What breaks off in the middle of the file is the source's trouble; anything else that fails meanwhile is not. */
async function handedOver<T>(
  fetched: Fetched,
  url: URL,
  { signal, limitBytes, work }: { signal: AbortSignal; limitBytes: number; work: (fetched: Fetched) => Promise<T> },
): Promise<T> {
  if (fetched.kind === "unchanged") return work(fetched);
  const stream = limited(fetched.stream, limitBytes);
  let broken: unknown = null;
  stream.on("error", (error) => {
    broken ??= error;
  });
  try {
    return await work({ ...fetched, stream });
  } catch (error) {
    throw broken === null ? error : failureOf(url, broken, signal);
  } finally {
    stream.destroy();
    fetched.stream.destroy();
  }
}

/** Ends a file that is too large at once: nobody waits for the rest of it. */
export function limited(stream: Readable, limitBytes: number): Readable {
  let bytes = 0;
  const gate = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes <= limitBytes) done(null, chunk);
      else done(new SourceFailed(`The file is larger than the limit of ${Math.floor(limitBytes / MEGABYTE)} MB.`));
    },
  });
  stream.on("error", (error) => gate.destroy(error));
  return stream.pipe(gate);
}

/** Bytes: the source's own limit, but no more than an upload may have. */
export function limitOf(source: SourceRow, uploadLimitBytes: number): number {
  return Math.min(source.sizeLimitMb * MEGABYTE, uploadLimitBytes);
}
