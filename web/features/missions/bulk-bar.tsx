import { IconUserPlus } from "@tabler/icons-react";
import { MOST_TICKED } from "../../../server/exports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { SelectionBar } from "../../ui/selection-bar.tsx";
import type { CountsById } from "./missions-table.tsx";
import { NOTHING_TO_CREATE } from "./seed-reason.ts";
import type { useMissionSelection } from "./use-mission-selection.ts";

interface Props {
  chosen: ReturnType<typeof useMissionSelection>["chosen"];
  counts: CountsById;
  total: number | undefined;
  onSeed: (missionIds: readonly string[]) => void;
}

/** What can be done with the ticked missions, or with all that match. */
export function BulkBar({ chosen, counts, total, onSeed }: Props) {
  const client = useClient();
  const { held, page, missionIds, filters } = chosen;
  const { isAll } = held.ticks;
  const count = isAll ? total : held.ticks.rows.size;
  const open = openRows(missionIds, counts);
  const reason = client.reasonFor("seeding:run") ?? reasonFor(chosen, { count, open });
  const ids = isAll ? {} : { missionIds: [...held.ticks.rows.keys()] };
  return (
    <SelectionBar
      ticks={held.ticks}
      page={page}
      total={total}
      noun="mission"
      onAll={held.selectAll}
      onClear={held.clear}
      note={open === undefined ? undefined : `; ${countOf(open, "row")} not seeded yet`}
    >
      <ActionButton
        leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
        reason={reason}
        onClick={() => onSeed(missionIds ?? [])}
      >
        Seed selected…
      </ActionButton>
      <ExportButton
        list="missions"
        filters={{ ...filters, ...ids }}
        count={count}
        reason={isAll ? undefined : tooMany(count, "go into one file. Select all that match.")}
      />
    </SelectionBar>
  );
}

/** Rows that are missing over all chosen missions; undefined where one of them is not counted here. */
function openRows(missionIds: readonly string[] | undefined, counts: CountsById): number | undefined {
  if (missionIds === undefined || typeof counts !== "object" || missionIds.some((id) => !counts.has(id))) {
    return undefined;
  }
  return missionIds.reduce((sum, id) => sum + (counts.get(id)?.notSeeded ?? 0), 0);
}

function tooMany(count: number | undefined, rest: string): string | undefined {
  return count !== undefined && count > MOST_TICKED
    ? `At most ${formatCount(MOST_TICKED)} missions ${rest}`
    : undefined;
}

function reasonFor(
  { missionIds, known }: Props["chosen"],
  { count, open }: { count: number | undefined; open: number | undefined },
): string | undefined {
  const many = tooMany(count, "are seeded at once. Narrow the filters, or seed everything.");
  if (many !== undefined) {
    return many;
  }
  if (missionIds === undefined) {
    return "The missions that match are still being read.";
  }
  const drafts = missionIds.filter((id) => known.get(id)?.enabled === false).length;
  if (drafts === missionIds.length) {
    return "Only drafts are chosen. Enable one, then it can be seeded.";
  }
  return open === 0 ? NOTHING_TO_CREATE : undefined;
}
