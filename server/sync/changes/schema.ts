/** What a run changes by name: the kinds of changes, and one of them. */
export const changeKinds = ["created", "promoted", "demoted", "seeded", "completed", "redemption"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface NamedChange {
  /** null for a creator who does not exist: a rehearsal made it up and took it back */
  userId: string | null;
  handle: string;
  /** of seeded, completed and redemption */
  missionId: string | null;
  missionName: string | null;
  /** of promoted and demoted */
  tierBefore: string | null;
  tierAfter: string | null;
  /**
   * Decimal text: the metric that a move was judged by, the value that a row completed with, the money that a redemption is
   * worth; null where there is none, such as a reward without a price.
   */
  value: string | null;
  /** of redemption */
  rewardName: string | null;
}

/** Rows that a run creates of one mission. */
export interface SeededMission {
  missionId: string;
  missionName: string;
  count: number;
}
