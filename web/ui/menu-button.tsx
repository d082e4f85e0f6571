import { Suspense } from "react";
import type { ComponentType, ReactElement, ReactNode, Ref } from "react";
import { useIdleLoad } from "../lib/use-idle-load.ts";
import { useOverlay } from "../lib/use-overlay.ts";

/** The button that a menu hangs from: given to it once the menu is there. */
export interface MenuOnTarget {
  target: ReactElement<{ ref?: Ref<HTMLButtonElement> }>;
}

interface Props {
  /** Fetches the module of `menu`: in an idle moment before the button is pressed, or by the press. */
  load: () => Promise<unknown>;
  /** A lazy component with a `LateMenu` in it. */
  menu: ComponentType<MenuOnTarget>;
  label: string;
  className: string | undefined;
  children: ReactNode;
}

/**
 * A button with a menu that is not part of a first visit: it takes the button over once it is there and that is pressed. A menu that
 * did not come leaves the button as it is, to be pressed again.
 */
export function MenuButton({ load, menu: LoadedMenu, label, className, children }: Props) {
  const { isOpen, hasFailed, open } = useOverlay(load);
  useIdleLoad(load);
  const face = { type: "button", className, "aria-label": label, children } as const;
  const why = hasFailed ? NOT_THERE : undefined;
  const alone = <button {...face} aria-haspopup="menu" aria-expanded={false} title={why} onClick={open} />;
  return isOpen ? (
    <Suspense fallback={alone}>
      <LoadedMenu target={<button {...face} />} />
    </Suspense>
  ) : (
    alone
  );
}

// Browsers may remember that a module did not come, and some files are gone after a new release: then a reload alone helps.
const NOT_THERE = "This menu could not be loaded. Check the connection and press again, or reload the page.";
