import { IconCopy } from "@tabler/icons-react";
import { MOST_TICKED } from "../../server/exports/schema.ts";
import type { ExportListName } from "../../server/exports/schema.ts";
import type { ExportFilters } from "../lib/export-link.ts";
import { countOf, formatCount } from "../lib/numbers.ts";
import { useRowSelection } from "../lib/use-row-selection.ts";
import { ActionButton } from "./action-button.tsx";
import { CopyAction } from "./copy.tsx";
import { ExportButton } from "./export-button.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import type { Selection } from "./table-types.ts";
import { tickBoxes } from "./tick-boxes.tsx";

interface Listed {
  userId: string;
  handle: string;
}

/** The ticks of a list of creators: `selection` for its table, `bar` for what can be done with them. */
export function useCreatorSelection(list: ExportListName, filters: ExportFilters, rows: readonly Listed[] | undefined) {
  const held = useRowSelection(JSON.stringify(filters));
  const page = new Map((rows ?? []).map((row) => [row.userId, row.handle]));
  const selection: Selection = {
    selected: new Set(held.ticks.isAll ? page.keys() : held.ticks.rows.keys()),
    onChange: (selected) => held.select(selected, page),
    nameOf: (key) => `Select @${page.get(key) ?? key}`,
    boxes: tickBoxes,
  };
  return { selection, bar: { held, page, list, filters } };
}

/** Exports what is ticked, by ids or by the filter, and copies the handles of ticked creators. */
export function CreatorSelectionBar({
  held,
  page,
  list,
  filters,
  total,
}: ReturnType<typeof useCreatorSelection>["bar"] & { total: number | undefined }) {
  const { rows, isAll } = held.ticks;
  const ids = isAll ? {} : { userIds: [...rows.keys()] };
  const isTooMany = !isAll && rows.size > MOST_TICKED;
  return (
    <SelectionBar
      ticks={held.ticks}
      page={page}
      total={total}
      noun="creator"
      onAll={held.selectAll}
      onClear={held.clear}
    >
      <CopyHandles handles={isAll ? null : [...rows.values()]} />
      <ExportButton
        list={list}
        filters={{ ...filters, ...ids }}
        count={isAll ? total : rows.size}
        noun="row"
        reason={
          isTooMany
            ? `At most ${formatCount(MOST_TICKED)} ticked rows go into one file. Select all that match.`
            : undefined
        }
      />
    </SelectionBar>
  );
}

/** Handles one below the other, as they are pasted into a message or a sheet. */
function CopyHandles({ handles }: { handles: readonly string[] | null }) {
  if (handles === null) {
    const reason = "Handles are copied of creators that are ticked one by one. The file has those of all that match.";
    return (
      <ActionButton leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />} reason={reason}>
        Copy handles
      </ActionButton>
    );
  }
  const text = handles.map((handle) => `@${handle}`).join("\n");
  return <CopyAction text={text} label={`Copy ${countOf(handles.length, "handle")}`} />;
}
