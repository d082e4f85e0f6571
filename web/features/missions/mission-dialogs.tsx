import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { ActivateDialog } from "./activate-dialog.tsx";
import { BulkSeedDialog } from "./bulk-seed-dialog.tsx";
import { DeactivateDialog } from "./deactivate-dialog.tsx";
import { SeedDialog } from "./seed-dialog.tsx";

/** Which question is being asked, if any. */
export type OpenDialog =
  | {
      kind: "seed" | "activate" | "deactivate";
      mission: MissionDto;
      /** What the page showed when the dialog was opened: its plan is the one to run. */
      shown?: PreviewDto | undefined;
    }
  | { kind: "bulk"; missionIds: readonly string[] };

interface Props {
  dialog: OpenDialog | null;
  onClose: () => void;
  /** The chosen missions were seeded, so that the choice has served. */
  onBulkSeeded?: (() => void) | undefined;
}

/** The one dialog that is open. */
export function MissionDialogs({ dialog, onClose, onBulkSeeded }: Props) {
  if (dialog === null) {
    return null;
  }
  if (dialog.kind === "bulk") {
    return <BulkSeedDialog missionIds={dialog.missionIds} onClose={onClose} onSeeded={onBulkSeeded} />;
  }
  const { mission, shown } = dialog;
  switch (dialog.kind) {
    case "seed":
      return <SeedDialog mission={mission} shown={shown} onClose={onClose} />;
    case "activate":
      return <ActivateDialog mission={mission} shown={shown} onClose={onClose} />;
    case "deactivate":
      return <DeactivateDialog mission={mission} onClose={onClose} />;
  }
}
