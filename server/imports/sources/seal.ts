/** Secrets at rest: AES-256-GCM, bound to their client, so that one cannot be moved to another's row. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key from the installation's secret text. */
export function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "muster file sources", 32));
}

/** The text, readable only with the key and for this client: version, nonce, tag and cipher text. */
export function seal(key: Buffer, client: ClientId, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(client));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), sealed]);
}

/** The text again; throws conflict where the key is another one or the bytes were changed. */
export function unseal(key: Buffer, client: ClientId, sealed: Uint8Array): string {
  try {
    const bytes = Buffer.from(sealed);
    if (bytes[0] !== VERSION) throw new Error(`sealed in version ${bytes[0]}`);
    const tagAt = 1 + IV_BYTES;
    const textAt = tagAt + TAG_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, tagAt), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(client));
    decipher.setAuthTag(bytes.subarray(tagAt, textAt));
    return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString("utf8");
  } catch (error) {
    throw new AppError(
      "conflict",
      "The stored sign-in of the source cannot be read: it was sealed with another key (MUSTER_SECRET_KEY). An owner has to enter it again.",
      { cause: error },
    );
  }
}
