import { useState } from "react";

/** What lies over the page, and whose code no first view needs. */
export interface Overlay {
  /** its code is there */
  isThere: boolean;
  /** never before its code is there */
  isOpen: boolean;
  /** asked for the last time, its code did not come */
  hasFailed: boolean;
  open: () => void;
  close: () => void;
}

/**
 * Opens something once its code has come, which is fetched when it is first asked for. Where it does not come, as offline, nothing
 * opens and the next time asks again: a lazy component that is shown before its code is there would take the page down with it, and
 * remember. `load` is the import itself.
 */
export function useOverlay(load: () => Promise<unknown>): Overlay {
  const [isThere, setThere] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const open = () => {
    setAsked(true);
    load().then(
      () => {
        setThere(true);
        setFailed(false);
      },
      () => {
        setAsked(false);
        setFailed(true);
      },
    );
  };
  return { isThere, isOpen: isThere && isAsked, hasFailed, open, close: () => setAsked(false) };
}
