import { IconChevronRight, IconMenu2, IconSearch } from "@tabler/icons-react";
import { Link, useLocation, useRouteContext } from "@tanstack/react-router";
import { usePageName } from "../lib/page-name.ts";
import { shortcutLabel } from "../lib/shortcuts.ts";
import { KeyHint } from "../ui/text.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ClientLetter } from "./client-letter.tsx";
import { FreshnessChip } from "./freshness-chip.tsx";
import classes from "./header.module.css";
import { routeOf, sectionOf } from "./navigation.ts";

/** Where one is, how fresh the data is, and the way to everything else. */
export function Header({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { client } = useRouteContext({ from: "/c/$client" });
  return (
    <header className={classes.header}>
      <span className={classes.phone}>
        <button type="button" className={classes.menu} aria-label="Menu" onClick={onMenu}>
          <IconMenu2 size={20} stroke={1.75} aria-hidden />
        </button>
        <ClientLetter client={client} />
      </span>
      <Breadcrumb />
      <span className={classes.tools}>
        <FreshnessChip />
        <button type="button" className={classes.search} onClick={onSearch}>
          <IconSearch size={14} stroke={1.75} aria-hidden />
          Search or do
          <span className={classes.key}>
            <KeyHint keys={shortcutLabel("mod+k")} />
          </span>
        </button>
        <span className={classes.account}>
          <AccountMenu />
        </span>
      </span>
    </header>
  );
}

function Breadcrumb() {
  const { client } = useRouteContext({ from: "/c/$client" });
  const pathname = useLocation({ select: (location) => location.pathname });
  const pageName = usePageName();
  const section = sectionOf(pathname, client.subdomain);
  const isDeeper = pathname.split("/").filter((part) => part !== "").length > 3;
  return (
    <nav aria-label="Breadcrumb" className={classes.breadcrumb}>
      <ol className={classes.crumbs}>
        <li className={classes.upper}>
          <Link to="/c/$client" params={{ client: client.subdomain }} className={classes.crumb}>
            {client.name}
          </Link>
          <IconChevronRight size={14} stroke={1.75} aria-hidden />
        </li>
        {isDeeper ? (
          <li className={classes.upper}>
            <Link to={routeOf(section.path)} params={{ client: client.subdomain }} className={classes.crumb}>
              {section.name}
            </Link>
            <IconChevronRight size={14} stroke={1.75} aria-hidden />
          </li>
        ) : null}
        <li aria-current="page" className={classes.here}>
          {isDeeper ? (pageName ?? "…") : section.name}
        </li>
      </ol>
    </nav>
  );
}
