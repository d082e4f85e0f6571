import type { RedemptionStatus } from "../../../server/redemptions/schema.ts";
import type { StatusName } from "../../ui/status.tsx";

interface Shown {
  status: StatusName;
  word: string;
}

/** How the life of a reward is shown: waiting for the creator, in hand, done, or refused. */
export const REDEMPTION_STATUS: Record<RedemptionStatus, Shown> = {
  claimable: { status: "waiting", word: "Claimable" },
  claimed: { status: "active", word: "Claimed" },
  fulfilled: { status: "done", word: "Fulfilled" },
  concluded: { status: "completed", word: "Concluded" },
  rejected: { status: "rejected", word: "Rejected" },
};
