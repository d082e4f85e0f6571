/** A source's sign-in at rest: sealed for its client, so that it cannot be moved to another's row. */
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import * as box from "../../base/secret-box.ts";

/** The text, readable only with the installation's key and for this client. */
export function seal(key: Buffer, client: ClientId, text: string): Buffer {
  return Buffer.from(box.seal(key, text, client));
}

/** The text again; throws conflict where the key is another one or the bytes were changed. */
export function unseal(key: Buffer, client: ClientId, sealed: Uint8Array): string {
  const text = box.open(key, Buffer.from(sealed).toString(), client);
  if (text !== null) return text;
  throw new AppError(
    "conflict",
    "The stored sign-in of the source cannot be read: it was sealed with another key (MUSTER_SECRET_KEY). An owner has to enter it again.",
  );
}
