import { useEffect, useRef } from "react";

/** A key as typed ("/", "?", "j", "Escape", "mod+k", "mod+Enter"); `mod` is Cmd on a Mac and Ctrl elsewhere. */
export type Shortcut = string;

export const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a shortcut is written on this machine: "Ctrl K" or "⌘ K". */
export function shortcutLabel(shortcut: Shortcut): string[] {
  return shortcut.split("+").map((part) => {
    if (part === "mod") {
      return isMac ? "\u2318" : "Ctrl";
    }
    return part === "Enter" ? "\u21b5" : part.length === 1 ? part.toUpperCase() : part;
  });
}

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** True when the pressed keys are the shortcut. Shift is left out: "?" already tells of it. */
export function matchesShortcut(shortcut: Shortcut, event: KeyPress): boolean {
  const parts = shortcut.split("+");
  const needsMod = parts.length > 1 && parts[0] === "mod";
  const key = needsMod ? parts.slice(1).join("+") : shortcut;
  const hasMod = event.ctrlKey || event.metaKey;
  return !event.altKey && needsMod === hasMod && event.key.toLowerCase() === key.toLowerCase();
}

/** True while a letter would be text: in fields, editable text, and open choices. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true;
  }
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

interface Options {
  enabled?: boolean | undefined;
  /** Also while typing in a field; shortcuts with `mod` usually want it. */
  whileTyping?: boolean | undefined;
}

/** Calls `handler` when the shortcut is pressed anywhere on the page, except while typing. */
export function useShortcut(shortcut: Shortcut, handler: () => void, options: Options = {}): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const { enabled = true, whileTyping = shortcut.startsWith("mod+") } = options;
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    const listen = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        (event.repeat && shortcut.startsWith("mod+")) ||
        !matchesShortcut(shortcut, event)
      ) {
        return;
      }
      if (!whileTyping && isTyping(event.target)) {
        return;
      }
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [shortcut, enabled, whileTyping]);
}

/** J for the next row, K for the one before; pass undefined where the list ends. */
export function useRowKeys(moves: { onNext?: (() => void) | undefined; onPrevious?: (() => void) | undefined }): void {
  useShortcut("j", () => moves.onNext?.(), { enabled: moves.onNext !== undefined });
  useShortcut("k", () => moves.onPrevious?.(), { enabled: moves.onPrevious !== undefined });
}

/** What the `?` help lists, in the order shown. */
export const SHORTCUTS: readonly { keys: Shortcut; does: string }[] = [
  { keys: "mod+k", does: "Find a mission, a creator, a run or a command" },
  { keys: "/", does: "Focus the filter of the list" },
  { keys: "j", does: "Next row, while a drawer is open" },
  { keys: "k", does: "Row before, while a drawer is open" },
  { keys: "Escape", does: "Close the drawer or dialog" },
  { keys: "mod+Enter", does: "Confirm the dialog" },
  { keys: "?", does: "This list" },
];
