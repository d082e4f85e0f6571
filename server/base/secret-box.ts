/** Secrets at rest: AES-256-GCM under the installation's key, bound to what they belong to. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const VERSION = "v1";
const IV_BYTES = 12;

/** The key of 32 bytes that a text of any length stands for; the text has to be long and random. */
export function keyFrom(text: string): Buffer {
  return createHash("sha256").update(`muster secret box ${text}`).digest();
}

/** Seals a text. `owner` names what it belongs to, such as a client's id: opened for another, it does not open. */
export function seal(key: Buffer, text: string, owner: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [VERSION, iv, cipher.getAuthTag(), sealed]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}

/** Opens a sealed text; null under another key, for another owner, or when it was touched. */
export function open(key: Buffer, box: string, owner: string): string | null {
  const [version, iv, tag, sealed] = box.split(".");
  if (version !== VERSION || iv === undefined || tag === undefined || sealed === undefined) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
