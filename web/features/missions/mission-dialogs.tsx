import type { MissionDto } from "../../../server/missions/schema.ts";
import { ActivateDialog } from "./activate-dialog.tsx";
import { BulkSeedDialog } from "./bulk-seed-dialog.tsx";
import { DeactivateDialog } from "./deactivate-dialog.tsx";
import { SeedDialog } from "./seed-dialog.tsx";

/** Which question is being asked, if any. */
export type OpenDialog =
  | { kind: "seed" | "activate" | "deactivate"; mission: MissionDto }
  | { kind: "bulk"; missions: readonly MissionDto[] };

/** The one dialog that is open. */
export function MissionDialogs({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  if (dialog === null) {
    return null;
  }
  if (dialog.kind === "bulk") {
    return <BulkSeedDialog missions={dialog.missions} onClose={onClose} />;
  }
  const Asked = ASKED[dialog.kind];
  return <Asked mission={dialog.mission} onClose={onClose} />;
}

const ASKED = { seed: SeedDialog, activate: ActivateDialog, deactivate: DeactivateDialog };
