import type { KeyboardEvent } from "react";

/** The arrow keys of a tab list: left and right go round, Home and End jump; the tab reached is chosen and focused. */
export function useTabKeys<Key extends string>(keys: readonly Key[], value: Key, onChange: (key: Key) => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const next = nextTab(keys, value, event.key);
    if (next === undefined) {
      return;
    }
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next)}"]`)?.focus();
  };
}

/** The tab that a key leads to from `value`, or undefined when the key means nothing here. */
export function nextTab<Key extends string>(keys: readonly Key[], value: Key, key: string): Key | undefined {
  const at = keys.indexOf(value);
  switch (key) {
    case "ArrowRight":
      return keys[(at + 1) % keys.length];
    case "ArrowLeft":
      return keys[(at - 1 + keys.length) % keys.length];
    case "Home":
      return keys[0];
    case "End":
      return keys.at(-1);
    default:
      return undefined;
  }
}
