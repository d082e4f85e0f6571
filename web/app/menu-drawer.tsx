import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./shell.module.css";

/** On the phone the sidebar comes from the left, over the page. */
export function MenuDrawer({
  opened,
  onClose,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="left"
      size={264}
      classNames={{ content: classes.drawer ?? "" }}
    >
      <Drawer.Overlay color="#141014" backgroundOpacity={0.44} />
      <Drawer.Content aria-label="Menu">{children}</Drawer.Content>
    </Drawer.Root>
  );
}
