import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import type { SeedDto } from "../../../server/seeding/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatWhen } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { ActionButton, IconAction } from "../../ui/action-button.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { TextButton, TextLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Count, Dim, Unknown } from "../../ui/text.tsx";
import { SEED_SOURCES } from "../../lib/seed-words.ts";
import { missionNames, reasonNotToUndo, undoneText } from "./undo-words.ts";
import type { Left } from "./use-seedings.ts";

/** Who made a seeding and how, with the way to its run. */
export function SeededBy({ seed, onClose }: { seed: SeedDto; onClose?: (() => void) | undefined }) {
  const { subdomain } = useClient();
  return (
    <>
      {seed.byName} <Dim>{SEED_SOURCES[seed.source]}</Dim>
      {seed.runNumber === null ? null : (
        <>
          ,{" "}
          <TextLink
            to="/c/$client/sync/$number"
            params={{ client: subdomain, number: String(seed.runNumber) }}
            onClick={onClose}
          >
            run {seed.runNumber}
          </TextLink>
        </>
      )}
    </>
  );
}

/** The missions a seeding created rows for; of many the first two, the others on demand. */
export function SeededMissions({ seed }: { seed: SeedDto }) {
  const [isWhole, setWhole] = useState(false);
  const names = seed.perMission.map(({ name }) => name);
  if (names.length === 0) {
    return <Dim>not known</Dim>;
  }
  if (names.length < 4) {
    return <>{names.length < 3 ? missionNames(names) : names.join(", ")}</>;
  }
  return (
    <>
      {isWhole ? names.join(", ") : names.slice(0, 2).join(", ")}{" "}
      <TextButton aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? "fewer" : `and ${formatCount(names.length - 2)} more`}
      </TextButton>
    </>
  );
}

/** How many rows are there now, counted after the table. */
export function LeftCount({ left, seedId }: { left: Left; seedId: string }) {
  if (left === "failed") {
    return <Unknown />;
  }
  return left === undefined ? <SkeletonText width={32} /> : <Count value={left.get(seedId)} />;
}

/** Whether a seeding stands, or who took it back. */
export function SeedingState({ seed }: { seed: SeedDto }) {
  if (seed.undone === null) {
    return <Dim>stands</Dim>;
  }
  return (
    <StatusText status="undone">
      Undone by {seed.undone.byName}, {undoneText(seed.undone)}
    </StatusText>
  );
}

interface ActionProps {
  seed: SeedDto;
  left: Left;
  onUndo: () => void;
}

function useReason({ undone, id }: SeedDto, left: Left): string | undefined {
  const client = useClient();
  const count = left === "failed" ? undefined : left?.get(id);
  return client.reasonFor("seeding:undo") ?? reasonNotToUndo(undone, count);
}

/** Opens the undo of a seeding from its row. */
export function UndoAction({ seed, left, onUndo }: ActionProps) {
  const { timezone } = useClient();
  const now = useNow(60_000);
  const reason = useReason(seed, left);
  return (
    <IconAction label={`Undo the seeding of ${formatWhen(seed.at, timezone, now)}…`} reason={reason} onClick={onUndo}>
      <IconArrowBackUp size={16} stroke={1.75} aria-hidden />
    </IconAction>
  );
}

/** The same as a button with its word, for the card of the phone. */
export function UndoButton({ seed, left, onUndo }: ActionProps) {
  const reason = useReason(seed, left);
  return (
    <ActionButton size="xs" reason={reason} onClick={onUndo}>
      Undo…
    </ActionButton>
  );
}
