import { Checkbox } from "@mantine/core";
import classes from "./data-table.module.css";
import type { Selection, TickBoxes } from "./table-types.ts";

/** Ticks the page, or takes its ticks away; those of other pages stay. */
function withPage(selected: ReadonlySet<string>, keys: readonly string[], isTicked: boolean): Set<string> {
  const others = [...selected].filter((key) => !keys.includes(key));
  return new Set(isTicked ? [...others, ...keys] : others);
}

function SelectAll({ keys, selection }: { keys: readonly string[]; selection: Selection }) {
  const chosen = keys.filter((key) => selection.selected.has(key)).length;
  return (
    <th scope="col" className={classes.tick}>
      <Checkbox
        aria-label="Select all on this page"
        checked={keys.length > 0 && chosen === keys.length}
        indeterminate={chosen > 0 && chosen < keys.length}
        onChange={(event) => selection.onChange(withPage(selection.selected, keys, event.currentTarget.checked))}
      />
    </th>
  );
}

function Tick({ rowKey, selection }: { rowKey: string; selection: Selection }) {
  return (
    <td className={classes.tick}>
      <Checkbox
        aria-label={selection.nameOf(rowKey)}
        checked={selection.selected.has(rowKey)}
        onChange={(event) => {
          const next = new Set(selection.selected);
          if (event.currentTarget.checked) {
            next.add(rowKey);
          } else {
            next.delete(rowKey);
          }
          selection.onChange(next);
        }}
      />
    </td>
  );
}

/** What a DataTable shows where rows can be selected. */
export const tickBoxes: TickBoxes = { All: SelectAll, One: Tick };
