/** Looks at a client's source without taking anything from it. */
import { AppError } from "../../base/errors.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { withSpooled } from "../spool.ts";
import { findState } from "../sql.ts";
import type { IncomingFile } from "../store.ts";
import { fetchFile, SourceFailed } from "./fetch.ts";
import { fetching, limited, limitOf, targetOf } from "./fetching.ts";
import type { SourceTested } from "./schema.ts";
import * as store from "./sql.ts";
import type { TakeDeps } from "./take.ts";

/** Fetches the file once, as a run would, reads it to its end and lets it go: nothing is stored. */
export async function testSource(
  db: RootDb,
  client: ClientId,
  deps: Pick<TakeDeps, "uploadLimitBytes" | "sources">,
): Promise<SourceTested> {
  const source = await inClient(db, client, (tx) => store.findSource(tx, client));
  if (source?.url == null) return { kind: "failed", message: "There is no address to try yet. Save one first." };
  const limitBytes = limitOf(source, deps.uploadLimitBytes);
  const anew = { ...source, etag: null, lastModified: null };
  try {
    return await fetching(
      client,
      anew,
      { ...deps.sources, backoffMs: [] },
      async (fetched) => {
        if (fetched.kind === "unchanged")
          throw new SourceFailed("The source answered 304 to a request without a condition.");
        const { name, stream } = fetched;
        return withSpooled(
          stream,
          { limitBytes, columnNames: source.columns },
          ({ refusal, sizeBytes, rows, extraColumns }) => {
            if (refusal !== null) throw refusal;
            return Promise.resolve({ kind: "file" as const, fileName: name, sizeBytes, rows, extraColumns });
          },
        );
      },
      limitBytes,
    );
  } catch (error) {
    if (error instanceof SourceFailed || error instanceof AppError) return { kind: "failed", message: error.message };
    throw error;
  }
}

/** What a rehearsal plays with: as a run would find it, and nothing of it is kept. */
export type RehearsalFile =
  | { kind: "inbox" }
  | { kind: "none" }
  | { kind: "waiting"; importId: ImportId }
  | { kind: "file"; file: IncomingFile };

/** Opens the file at the client's address for a rehearsal; `inbox` for a client that has none. A source in trouble gives no file. */
export async function sourceForRehearsal(
  db: RootDb,
  client: ClientId,
  deps: Pick<TakeDeps, "uploadLimitBytes" | "sources">,
): Promise<RehearsalFile> {
  const source = await inClient(db, client, (tx) => store.findSource(tx, client));
  if (source?.kind !== "https") return { kind: "inbox" };
  const signal = AbortSignal.timeout(source.timeLimitSeconds * 1_000);
  try {
    const fetched = await fetchFile(targetOf(client, source, deps.sources), deps.sources, signal);
    if (fetched.kind === "unchanged") return await waitingOf(db, client, source.lastImportId as ImportId | null);
    const stream = limited(fetched.stream, limitOf(source, deps.uploadLimitBytes));
    return { kind: "file", file: { name: fetched.name, source: "https", stream } };
  } catch (error) {
    if (error instanceof SourceFailed) return { kind: "none" };
    throw error;
  }
}

async function waitingOf(db: RootDb, client: ClientId, last: ImportId | null): Promise<RehearsalFile> {
  const state = last === null ? null : await inClient(db, client, (tx) => findState(tx, client, last));
  return state?.status === "stored" ? { kind: "waiting", importId: last! } : { kind: "none" };
}
