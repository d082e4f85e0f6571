import { useRef } from "react";

/**
 * Lets an act of several steps run once at a time: what is asked while it is under way does nothing. A ref, not state, for the second
 * of two quick clicks comes before anything was drawn.
 */
export function useOneAtATime(): (act: () => Promise<void>) => Promise<void> {
  const isUnderWay = useRef(false);
  return async (act) => {
    if (isUnderWay.current) {
      return;
    }
    isUnderWay.current = true;
    try {
      await act();
    } finally {
      isUnderWay.current = false;
    }
  };
}
