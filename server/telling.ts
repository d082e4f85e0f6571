import { encryptionKey, type Env } from "./env.ts";
import type { Telling } from "./notifications/telling.ts";

/** What this installation gives to whoever tells people something. Throws `StartError` where the key can be neither read nor made. */
export function tellingOf(env: Pick<Env, "secretKey" | "dataDir" | "allowsPrivate" | "mail" | "publicUrl">): Telling {
  return {
    secretKey: encryptionKey(env),
    allowsPrivate: env.allowsPrivate,
    mail: env.mail,
    publicUrl: env.publicUrl ?? null,
  };
}
