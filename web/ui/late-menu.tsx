import { Menu } from "@mantine/core";
import type { MenuProps } from "@mantine/core";
import { cloneElement, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { MenuOnTarget } from "./menu-button.tsx";

interface Props extends MenuOnTarget, Pick<MenuProps, "position" | "width"> {
  children: ReactNode;
}

/** The menu of a `MenuButton`, which is there because it was pressed: it opens at once. */
export function LateMenu({ target, children, ...rest }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed is another: its focus is handed on, and comes back here when the menu closes.
    button.current?.focus({ preventScroll: true });
    const frame = requestAnimationFrame(() => setOpen(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Menu {...rest} opened={isOpen} onChange={setOpen}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
