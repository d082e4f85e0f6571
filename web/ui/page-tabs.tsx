import type { ReactNode } from "react";
import { formatCount } from "../lib/numbers.ts";
import { cx } from "./cx.ts";
import classes from "./page-tabs.module.css";
import { useTabKeys } from "./tab-keys.ts";

export interface PageTab<Key extends string> {
  key: Key;
  label: ReactNode;
  count?: number | undefined;
}

interface Props<Key extends string> {
  tabs: readonly PageTab<Key>[];
  value: Key;
  onChange: (key: Key) => void;
  /** Names the row for readers: "Parts of the mission". */
  label: string;
}

/** On the phone the row scrolls: the chosen tab is brought into it, without moving the page. */
function intoSight(tab: HTMLElement | null): void {
  const row = tab?.parentElement;
  if (tab !== null && row != null && row.scrollWidth > row.clientWidth) {
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

/** The tabs of a page: 36 px, ruled off over the whole width, scrolling inside their row on the phone. */
export function PageTabs<Key extends string>({ tabs, value, onChange, label }: Props<Key>) {
  const onKeyDown = useTabKeys(
    tabs.map((tab) => tab.key),
    value,
    onChange,
  );
  return (
    <div className={classes.row}>
      <div role="tablist" aria-label={label} className={classes.list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            aria-selected={tab.key === value}
            tabIndex={tab.key === value ? 0 : -1}
            ref={tab.key === value ? intoSight : undefined}
            className={cx(classes.tab, tab.key === value && classes.chosen)}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className={classes.count}>{formatCount(tab.count)}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}
