import { useRouter } from "@tanstack/react-router";
import { useState } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** This entry was made by opening a drawer over the entry before it. */
    isDrawer?: boolean;
  }
}

/** Goes with the link that opens a drawer, so that closing it can go back: else each drawer would leave a step that leads nowhere. */
export const OPENS_DRAWER = { isDrawer: true } as const;

/** Closes a drawer: back to the entry below it where it was opened from there, else as `close` does. */
export function useDrawerBack(close: () => void): () => void {
  const router = useRouter();
  const [opened] = useState(() => indexOfDrawer(router.history.location.state));
  return () => {
    // Something else may have been opened from within it since.
    if (opened !== undefined && opened === router.history.location.state.__TSR_index) {
      router.history.back();
    } else {
      close();
    }
  };
}

function indexOfDrawer(state: { isDrawer?: boolean; __TSR_index: number }): number | undefined {
  return state.isDrawer === true ? state.__TSR_index : undefined;
}
