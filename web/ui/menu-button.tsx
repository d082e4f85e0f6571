import { Suspense, useState } from "react";
import type { ComponentType, ReactElement, ReactNode, Ref } from "react";
import { useIdleLoad } from "../lib/use-idle-load.ts";

/** The button that a menu hangs from: given to it once the menu is there. */
export interface MenuOnTarget {
  target: ReactElement<{ ref?: Ref<HTMLButtonElement> }>;
}

interface Props {
  /** Fetches the module of `menu`, in an idle moment and before the button is pressed. */
  load: () => Promise<unknown>;
  /** A lazy component with a `LateMenu` in it. */
  menu: ComponentType<MenuOnTarget>;
  label: string;
  className: string | undefined;
  children: ReactNode;
}

/** A button with a menu that is not part of a first visit: it takes the button over when that is first pressed. */
export function MenuButton({ load, menu: LoadedMenu, label, className, children }: Props) {
  const [isAsked, setAsked] = useState(false);
  useIdleLoad(load);
  const face = { type: "button", className, "aria-label": label, children } as const;
  const alone = <button {...face} aria-haspopup="menu" aria-expanded={false} onClick={() => setAsked(true)} />;
  return isAsked ? (
    <Suspense fallback={alone}>
      <LoadedMenu target={<button {...face} />} />
    </Suspense>
  ) : (
    alone
  );
}
