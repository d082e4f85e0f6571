import { createContext, useContext } from "react";

/** The place in a page's row of actions where the phone's Filter button goes; null until the page stands. */
export const ActionSlot = createContext<HTMLElement | null>(null);

/** Where a part of the page may put one more action. */
export function useActionSlot(): HTMLElement | null {
  return useContext(ActionSlot);
}
