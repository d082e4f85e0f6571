import type { RedemptionStatus } from "../../server/redemptions/schema.ts";
import { StatusText } from "./status.tsx";
import type { StatusName } from "./status.tsx";

/** How the life of a reward is shown: waiting for the creator, in hand, done, or refused (which is no failure of ours). */
export const REDEMPTION_STATUS: Record<RedemptionStatus, { status: StatusName; word: string }> = {
  claimable: { status: "waiting", word: "Claimable" },
  claimed: { status: "active", word: "Claimed" },
  fulfilled: { status: "done", word: "Fulfilled" },
  concluded: { status: "completed", word: "Concluded" },
  rejected: { status: "cancelled", word: "Rejected" },
};

/** The state of a redemption in a table. */
export function RedemptionStatusText({ status }: { status: RedemptionStatus }) {
  const shown = REDEMPTION_STATUS[status];
  return <StatusText status={shown.status}>{shown.word}</StatusText>;
}
