/** What the installation gives to whoever tells people something. */
export interface Telling {
  /** opens and seals addresses and secrets */
  secretKey: Buffer;
  /** MUSTER_ALLOW_PRIVATE_SOURCES: http and the own network may be called */
  allowsPrivate: boolean;
  /** null: this installation sends no mail */
  mail: { url: string; from: string } | null;
  publicUrl: string | null;
}
