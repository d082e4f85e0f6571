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
  switch (dialog?.kind) {
    case "seed":
      return <SeedDialog mission={dialog.mission} onClose={onClose} />;
    case "activate":
      return <ActivateDialog mission={dialog.mission} onClose={onClose} />;
    case "deactivate":
      return <DeactivateDialog mission={dialog.mission} onClose={onClose} />;
    case "bulk":
      return <BulkSeedDialog missions={dialog.missions} onClose={onClose} />;
    case undefined:
      return null;
  }
}
