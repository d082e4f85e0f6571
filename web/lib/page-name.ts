import { useEffect, useSyncExternalStore } from "react";

/** The name of the page shown, told by the page itself and read by the breadcrumb, which stands outside of it. */
let current: string | undefined;
const listeners = new Set<() => void>();

function set(name: string | undefined): void {
  current = name;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the name while the calling page is shown; undefined while the page does not know it yet. */
export function useTellPageName(name: string | undefined): void {
  useEffect(() => {
    set(name);
    return () => set(undefined);
  }, [name]);
}

/** The name of the page shown, or undefined while it loads. */
export function usePageName(): string | undefined {
  return useSyncExternalStore(subscribe, () => current);
}
