import { useState } from "react";

/** Ticked rows by their keys, with the name each is shown by; or everything that the filters of the list let through. */
export interface Ticks {
  rows: ReadonlyMap<string, string>;
  isAll: boolean;
}

const NONE: Ticks = { rows: new Map(), isAll: false };

/** What the ticks are after the table says which keys are ticked: rows of other pages keep theirs. */
export function ticksAfter(ticks: Ticks, selected: ReadonlySet<string>, page: ReadonlyMap<string, string>): Ticks {
  // Unticking one row of "all that match" leaves the others of the page, which are the ones in sight.
  const before = ticks.isAll ? page : ticks.rows;
  const names = [...selected].map((key) => [key, page.get(key) ?? before.get(key) ?? key] as const);
  return { rows: new Map(names), isAll: false };
}

/**
 * The ticks of a list that pages. They stay while one turns pages and are gone when the filters change: what was ticked may
 * not be among the rows any more. `scope` says what the filters are.
 */
export function useRowSelection(scope: string) {
  const [held, setHeld] = useState({ scope, ticks: NONE });
  const ticks = held.scope === scope ? held.ticks : NONE;
  const set = (next: Ticks) => setHeld({ scope, ticks: next });
  return {
    ticks,
    select: (selected: ReadonlySet<string>, page: ReadonlyMap<string, string>) =>
      set(ticksAfter(ticks, selected, page)),
    selectAll: () => set({ rows: new Map(), isAll: true }),
    clear: () => set(NONE),
  };
}
