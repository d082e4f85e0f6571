/** A client's source as its owners set it. The sign-in is sealed and never answered. */
import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { csvColumns } from "../schema.ts";
import { isPublicAddress } from "../../base/public-address.ts";
import { literalOf } from "./address.ts";
import type { SourceDeps } from "./fetching.ts";
import type { ColumnsInput, SourceDto, SourceUpdateInput } from "./schema.ts";
import { seal } from "./seal.ts";
import * as store from "./sql.ts";
import type { SourceRow } from "./sql.ts";

const untouched: SourceRow = {
  kind: "inbox",
  url: null,
  authKind: "none",
  authUser: null,
  secret: null,
  sizeLimitMb: 200,
  timeLimitSeconds: 300,
  columns: {},
  etag: null,
  lastModified: null,
  lastImportId: null,
  lastFetchedAt: null,
  lastOutcome: null,
  lastMessage: null,
  updatedAt: null,
  updatedByName: "",
};

/** Where the client's file comes from. */
export function getSource(db: RootDb, client: ClientId): Promise<SourceDto> {
  return inClient(db, client, (tx) => readSource(tx, client));
}

async function readSource(tx: Db, client: ClientId): Promise<SourceDto> {
  const { subdomain } = await clientSettings(tx, client);
  const {
    secret,
    etag: _etag,
    lastModified: _lastModified,
    ...shown
  } = (await store.findSource(tx, client)) ?? untouched;
  return { ...shown, hasSecret: secret !== null, inboxFolder: `inbox/${subdomain}` };
}

interface Change<Input> {
  input: Input;
  now: Date;
}

/** Sets where the file comes from. Throws bad_request, naming the field, for what cannot be fetched from. */
export function updateSource(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { input, now, deps }: Change<SourceUpdateInput> & { deps: SourceDeps },
): Promise<SourceDto> {
  return inClient(db, client, async (tx) => {
    await store.ensureSource(tx, client, now);
    const before = (await store.findSource(tx, client, { lock: true }))!;
    const url = input.url === null || input.url === "" ? null : checkedUrl(input.url, deps.allowPrivate);
    if (input.kind === "https" && url === null) throw at("url", "An address is needed to fetch from.");
    const after = { ...input, url, ...signIn(input, before, url, (text) => seal(deps.key(), client, text)) };
    const isSame = url === before.url;
    await store.updateSource(tx, client, {
      ...after,
      // The marks of another address say nothing about this one.
      etag: isSame ? before.etag : null,
      lastModified: isSame ? before.lastModified : null,
      byName: actor.name,
      now,
    });
    await record(tx, actor, client, {
      action: "source.updated",
      subject: { kind: "source", id: client, name: "Source of the file" },
      before: told(before),
      after: { ...told(after), ...(input.secret === undefined ? {} : { secret: "changed" }) },
    });
    return readSource(tx, client);
  });
}

/** What the audit log may hold of a source. */
function told(source: Omit<SourceUpdateInput, "secret">): Record<string, unknown> {
  const { kind, url, authKind, authUser, sizeLimitMb, timeLimitSeconds } = source;
  return { kind, url, authKind, authUser, sizeLimitMb, timeLimitSeconds };
}

function signIn(
  input: SourceUpdateInput,
  before: SourceRow,
  url: string | null,
  sealed: (text: string) => Uint8Array,
): Pick<SourceRow, "authKind" | "authUser" | "secret"> {
  const { authKind } = input;
  if (authKind === "none") return { authKind, authUser: null, secret: null };
  const authUser = authKind === "basic" ? input.authUser : null;
  if (authKind === "basic" && authUser === null) throw at("authUser", "Basic sign-in needs a user name.");
  if (input.secret !== undefined) return { authKind, authUser, secret: sealed(input.secret) };
  if (before.secret === null || before.authKind !== authKind) {
    throw at("secret", authKind === "bearer" ? "Enter the token." : "Enter the password.");
  }
  if (originOf(url) !== originOf(before.url)) {
    throw at("secret", "Enter it again: what was stored for one host is not sent to another.");
  }
  return { authKind, authUser, secret: before.secret };
}

function originOf(url: string | null): string | null {
  return url === null ? null : new URL(url).origin;
}

function checkedUrl(text: string, allowPrivate: boolean): string {
  if (!URL.canParse(text))
    throw at("url", "This is no address. Write one such as https://exports.example.com/day.csv.");
  const url = new URL(text);
  if (url.protocol !== "https:") throw at("url", "Files are fetched over https only.");
  if (url.username !== "" || url.password !== "") {
    throw at("url", "The sign-in does not belong into the address, where everybody could read it. Enter it below.");
  }
  const literal = literalOf(url);
  if (!allowPrivate && literal !== null && !isPublicAddress(literal)) {
    throw at("url", `${literal} is an address of a private network, which this installation does not fetch from.`);
  }
  url.hash = "";
  return url.href;
}

function at(field: string, message: string): AppError {
  return new AppError("bad_request", message, { field });
}

/** Remembers what the client's export calls the columns; an empty set forgets it. Throws bad_request for one name of two columns. */
export function setColumns(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { input, now }: Change<ColumnsInput>,
): Promise<SourceDto> {
  const columns = Object.fromEntries(Object.entries(input.columns).filter(([column, name]) => name !== column));
  refuseShared(columns);
  return inClient(db, client, async (tx) => {
    await store.ensureSource(tx, client, now);
    const before = (await store.findSource(tx, client, { lock: true }))!;
    await store.updateColumns(tx, client, { columns, byName: actor.name, now });
    await record(tx, actor, client, {
      action: "source.columns_matched",
      subject: { kind: "source", id: client, name: "Columns of the file" },
      before: { ...before.columns },
      after: { ...columns },
    });
    return readSource(tx, client);
  });
}

/** Each of the ten is read from a column of its own: under the name it was given, or under ours. */
function refuseShared(columns: ColumnsInput["columns"]): void {
  const readers = new Map<string, string>();
  for (const column of csvColumns) {
    const name = columns[column] ?? column;
    const other = readers.get(name);
    if (other !== undefined) {
      throw at("columns", `${other} and ${column} would both be read from "${name}". Give each a column of its own.`);
    }
    readers.set(name, column);
  }
}
