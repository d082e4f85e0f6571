import type { Actor } from "../base/actor.ts";
import { counted, formatCount } from "../base/text.ts";
import type { SeedDto } from "./schema.ts";

/** Where a seeding that somebody asked for came from. */
export function sourceOf(actor: Actor): SeedDto["source"] {
  const sources = { admin: "console", cli: "cli", job: "sync" } as const;
  return sources[actor.kind];
}

/** More pairs are to be created than may be now. It ends the transaction before the first is. */
export class TooManyPairs extends Error {
  readonly pairs: number;
  /** the missions, as the audit log calls them */
  readonly subject: string;
  constructor(pairs: number, subject: string) {
    super(`${pairs} pairs are too many to be created at once`);
    this.pairs = pairs;
    this.subject = subject;
  }
}

/** Throws `TooManyPairs` for more than `atMost`. */
export function refuseAbove(atMost: number, pairs: number, subject: string): void {
  if (pairs > atMost) throw new TooManyPairs(pairs, subject);
}

/** Why data health does not create so many rows itself; null when it does. */
export function repairRefusal(atMost: number, pairs: number): string | null {
  return pairs > atMost ? "Seed everything from Missions: so many rows are created in the background." : null;
}

/** Pairs that a seed left alone, by reason; reasons that did not occur are left out. */
export interface Skipped {
  alreadySeeded: number;
  tierTooLow: number;
  missionDisabled: number;
  creatorTierUnknown: number;
  missionTierUnknown: number;
}
export function skippedByReason(pairs: Skipped): Record<string, number> {
  const all = {
    already_seeded: pairs.alreadySeeded,
    tier_too_low: pairs.tierTooLow,
    mission_disabled: pairs.missionDisabled,
    creator_tier_unknown: pairs.creatorTierUnknown,
    mission_tier_unknown: pairs.missionTierUnknown,
  };
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}

/** What the seed step says of itself: "301 created, 6,075 there already, 14 creators cannot be judged". */
export function seedSentence(told: {
  created: number;
  alreadySeeded: number;
  unknownCreators: number;
  missionTierUnknown: number;
}): string {
  return [
    `${formatCount(told.created)} created`,
    `${formatCount(told.alreadySeeded)} there already`,
    ...(told.unknownCreators > 0 ? [`${counted(told.unknownCreators, "creator")} cannot be judged`] : []),
    ...(told.missionTierUnknown > 0 ? ["a mission asks for a tier that the ladder does not have"] : []),
  ].join(", ");
}
