/** Branded identifiers: a string that only its own constructor can make, so that two kinds of id never mix. */
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A tenant the actor was authorised for; minted by `authorise` alone (server/access/authorise.ts). */
export type ClientId = Brand<string, "ClientId">;
export type UserId = Brand<string, "UserId">;
export type MissionId = Brand<string, "MissionId">;
export type RewardId = Brand<string, "RewardId">;
export type SeedId = Brand<string, "SeedId">;
export type ImportId = Brand<string, "ImportId">;
export type RunId = Brand<string, "RunId">;
export type AdminId = Brand<string, "AdminId">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Tells whether a text is a uuid in its canonical, hyphenated form. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
