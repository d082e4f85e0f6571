import { Outlet, useLocation, useRouteContext } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ClientProvider } from "../lib/client.tsx";
import { useShortcut } from "../lib/shortcuts.ts";
import { useIdleLoad } from "../lib/use-idle-load.ts";
import { useOverlay } from "../lib/use-overlay.ts";
import { InShell } from "./frame.tsx";
import { Header } from "./header.tsx";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";

const loadMenu = () => import("./menu-drawer.tsx");
const MenuDrawer = lazy(async () => ({ default: (await loadMenu()).MenuDrawer }));
const loadPalette = () => import("./palette.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const loadHelp = () => import("./shortcut-help.tsx");
const ShortcutHelp = lazy(async () => ({ default: (await loadHelp()).ShortcutHelp }));

/** The frame of every client page: sidebar, header, the one main, the palette and the list of shortcuts. */
export function Shell() {
  const { client } = useRouteContext({ from: "/c/$client" });
  const pathname = useLocation({ select: (location) => location.pathname });
  const menu = useOverlay(loadMenu);
  const hasMenu = useIdleLoad(loadMenu) || menu.isThere;
  const palette = useOverlay(loadPalette);
  const help = useOverlay(loadHelp);
  const openPalette = () => {
    menu.close();
    palette.open();
  };
  const openHelp = () => {
    menu.close();
    help.open();
  };
  useShortcut("mod+k", openPalette);
  useShortcut("?", openHelp);
  const [menuAt, setMenuAt] = useState(pathname);
  if (menuAt !== pathname) {
    setMenuAt(pathname);
    menu.close();
  }

  return (
    // Another client is another tree: no state of a page may be carried over.
    <ClientProvider key={client.id} client={client}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <div className={classes.shell}>
        <aside className={classes.sidebar} aria-label="Programme and sections">
          <Sidebar onHelp={openHelp} />
        </aside>
        <div className={classes.column}>
          <Header onMenu={menu.open} onSearch={openPalette} />
          <Main pathname={pathname} />
        </div>
      </div>
      <Suspense fallback={null}>
        {hasMenu ? (
          <MenuDrawer opened={menu.isOpen} onClose={menu.close}>
            <Sidebar onHelp={openHelp} onSearch={openPalette} isDrawer />
          </MenuDrawer>
        ) : null}
      </Suspense>
      <Suspense fallback={null}>
        {palette.isThere ? <Palette opened={palette.isOpen} onClose={palette.close} onHelp={openHelp} /> : null}
        {help.isThere ? <ShortcutHelp opened={help.isOpen} onClose={help.close} /> : null}
      </Suspense>
    </ClientProvider>
  );
}

/** The page itself. On a new page the focus moves here, so that Tab goes on from its beginning. */
function Main({ pathname }: { pathname: string }) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) {
      shown.current = pathname;
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return (
    <main id="main" ref={main} tabIndex={-1} className={classes.main}>
      <InShell value>
        <Outlet />
      </InShell>
    </main>
  );
}
